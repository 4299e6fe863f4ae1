import type { Command } from 'commander'
import type { AutonomyLevel } from 'roster'

import { personOf } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { requesterName } from '../team/requester.ts'
import { safeText } from '../terminal/safe-text.ts'

interface Options {
  readonly because?: string
}

const levels: readonly string[] = ['observe', 'propose', 'bounded', 'autonomous'] satisfies AutonomyLevel[]

export const promote = (world: World, ended: Ended): Command => moving(world, ended, 'promote')
export const demote = (world: World, ended: Ended): Command => moving(world, ended, 'demote')

function moving(world: World, ended: Ended, name: 'promote' | 'demote'): Command {
  return verb<Options>(world, ended, {
    usage: `${name} <agent> <level>`,
    summary: name === 'promote' ? 'let an agent act more freely' : 'let an agent act less freely',
    examples: [
      name === 'promote'
        ? 'promote treasurer bounded --as controller --because "300 payments without a mistake"'
        : 'demote treasurer propose --as controller --because "two mistakes this week" --json',
    ],
    options: [option('--because <text>', 'why, for the record')],
    notes:
      'Levels: observe (uses no consequential tool), propose (an approval for each use of one), bounded (where a tool asks for one),\nautonomous (the same, and policies may permit more). What the agent has done so far is kept with the decision.',
    async run({ world: given, args: [who = '', level = ''], options, answer, reach }) {
      if (!levels.includes(level))
        throw usageError(`"${level}" is no level of autonomy`, 'level', `The levels are ${levels.join(', ')}.`)
      await using reached = await reach()
      const order = { who, level: level as AutonomyLevel, because: options.because ?? '' }
      const ordered = await reached.operations.promote({ ...order, by: personOf(given, options) ?? requesterName })
      const before = ordered.before ?? 'unknown'
      answer.whole(ordered, (paint) => `${paint.strong(safeText(who))} is at ${level} now; it was at ${before}.`)
      return exitCode.ok
    },
  })
}
