import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { taskFacts } from '../view/task-view.ts'

export const taskShow = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'show <task>',
    summary: 'show one task',
    examples: ['task show 01JDXQ7V7X6W9Z2M4T8R5N3K1B'],
    async run({ args: [task = ''], answer, reach }) {
      await using reached = await reach()
      const summary = await reached.operations.task(task)
      answer.whole(summary, (paint) => taskFacts(summary, paint))
      return exitCode.ok
    },
  })
