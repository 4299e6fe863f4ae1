import { personOf } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { requesterName } from '../team/requester.ts'
import { safeText } from '../terminal/safe-text.ts'

interface Options {
  readonly because?: string
}

export const stop = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'stop <who>',
    summary: 'stop a colleague, the team or all: no effect of theirs starts from now on',
    examples: ['stop treasurer --as controller --because "wrong payments"', 'stop all --as controller --json'],
    options: [option('--because <text>', 'why, for the record')],
    notes:
      'It is on record before the command ends. What is under way ends; what is pending waits until `roster resume`.\nWhoever stops needs a policy that permits it; ends with 3 if there is none.',
    async run({ world: given, args: [who = ''], options, answer, reach }) {
      await using reached = await reach()
      const by = personOf(given, options) ?? requesterName
      const ordered = await reached.operations.stop({ who, by, because: options.because ?? '' })
      answer.whole(ordered, (paint) => `${paint.strong(safeText(who))} is stopped: no effect starts any more.`)
      return exitCode.ok
    },
  })
