import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { whoTable } from '../view/who-view.ts'

export const who = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'who',
    summary: 'show who is on the roster, doing what, at what cost',
    examples: ['who', 'who --json'],
    async run({ answer, reach }) {
      await using reached = await reach()
      const colleagues = await reached.operations.who()
      const totals = await reached.operations.totals()
      answer.whole(colleagues, (paint) => whoTable(colleagues, totals, paint))
      return exitCode.ok
    },
  })
