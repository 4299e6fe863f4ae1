import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { promptFacts } from '../view/prompt-view.ts'

export const prompt = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'prompt <digest>',
    summary: 'show what a model was told, by the digest that a record names',
    examples: ['prompt 3f0c…', 'prompt 3f0c… --json'],
    notes:
      'The whole digest stands in `roster why --json`, as thinking.prompt. What is shown is what was told then, whatever the team says now.',
    async run({ args: [digest = ''], answer, reach }) {
      await using reached = await reach()
      const found = await reached.operations.prompt(digest)
      answer.whole(found, (paint) => promptFacts(found, paint))
      return exitCode.ok
    },
  })
