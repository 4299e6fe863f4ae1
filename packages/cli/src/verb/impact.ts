import type { TeamOf } from 'roster'
import { impactOf } from 'roster/client'

import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { impactFacts } from '../view/impact-view.ts'

export const impact = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'impact <what>',
    summary: 'list what depends on a tool, a colleague, instructions or a policy, and whose it is',
    examples: ['impact pay', 'impact clerk/read-notes', 'impact the-treasurer-settles --json'],
    notes:
      'Instructions are named by their kind of work, <colleague>/<work>; a policy by its id. Nothing runs, and nothing is opened.',
    async run({ args: [what = ''], answer, team }) {
      const { team: loaded } = await team()
      const found = await impactOf(loaded as TeamOf, what)
      answer.whole(found, (paint) => impactFacts(found, paint))
      return exitCode.ok
    },
  })
