import { personOf } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { requesterName } from '../team/requester.ts'
import { safeText } from '../terminal/safe-text.ts'

export const resume = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'resume <who>',
    summary: 'let whoever was stopped go on, with what waited first',
    examples: ['resume treasurer --as controller', 'resume all --as controller --json'],
    async run({ world: given, args: [who = ''], options, answer, reach }) {
      await using reached = await reach()
      const ordered = await reached.operations.resume({ who, by: personOf(given, options) ?? requesterName })
      answer.whole(ordered, (paint) => `${paint.strong(safeText(who))} goes on.`)
      return exitCode.ok
    },
  })
