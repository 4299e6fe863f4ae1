import type { Rotation } from 'roster/keys'

import { folderOf, personOf, type Call } from '../command/call.ts'
import { durationMs, option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError, usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { failureOf } from '../failure/failure-of.ts'
import { requesterName } from '../team/requester.ts'
import { safeText } from '../terminal/safe-text.ts'
import { counted } from '../view/units.ts'
import { keysOf, serversOf } from './keys/keys-call.ts'

interface Options {
  readonly server?: string
  readonly because?: string
  readonly client?: boolean
  readonly grace: number
}

export const revoke = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'revoke <who>',
    summary: 'take a colleague or a client off the bus, within a second, and end what the colleague has open',
    examples: [
      'revoke researcher --as controller --because "its laptop was stolen"',
      'revoke web-shop --client --because "it has left"',
    ],
    options: [
      option('--because <words>', 'why; it is kept'),
      option('--client', 'it is a client, and no colleague'),
      option('--grace <time>', 'how long the others of its role have to renew')
        .argParser(durationMs)
        .default(10_000, '10s'),
      option('--server <url>', 'the NATS server, or one of its cluster (env NATS_URL)'),
    ],
    notes:
      'Its connections end at once and its key is refused; the signing key of its role is replaced after the grace. Where the team is at work,\n' +
      'nothing is done in the name of the colleague any more: its open jobs end, and whoever asked for them is told. Ends with 3 if that is\n' +
      'refused: it is off the bus all the same. `roster credentials reinstate` lets it come back.',
    async run(call) {
      const { because, client = false } = call.options
      const [name = ''] = call.args
      if (because === undefined)
        throw usageError('it is not said why', '--because', 'Add --because "…": it is kept with the revocation.')
      const [bus, team] = await call.during(`Revoking ${name}`, () =>
        Promise.all([offTheBus(call, name, because), client ? noTeam : offTheTeam(call, name, because)]),
      )
      if (bus.key === null && team.revoked !== true) throw bus.refused
      const { key, rotated } = bus
      call.answer.whole({ name, key, rotated, ...team }, () => [busText(name, bus), teamText(team)].join('\n').trim())
      return team.refused === undefined ? exitCode.ok : exitCode.refused
    },
  })

/** What became of its credential; `refused` says why there was none to take away. */
interface Bus {
  readonly key: string | null
  readonly rotated: readonly Rotation[]
  readonly refused?: unknown
}

async function offTheBus(call: Call<Options>, name: string, because: string): Promise<Bus> {
  const { client = false, grace: graceMs } = call.options
  const keys = await keysOf(call)
  // A team in one process has no keys for the bus: it can be revoked all the same.
  if (!client && !(await keys.exists())) return { key: null, rotated: [], refused: noKeys(name) }
  try {
    return await keys.revoke(await serversOf(call), { name, client, because, graceMs })
  } catch (error) {
    // Nor has whoever never spoke on it.
    if (client || failureOf(error).code !== 'unknown-colleague') throw error
    return { key: null, rotated: [], refused: error }
  }
}

function noKeys(name: string): CommandError {
  return new CommandError('identity-missing', `${name} has no key for the bus, and nobody works for the team here`, {
    path: name,
    hint: 'Name the folder of its team with --folder, and revoke it while the team is at work.',
  })
}

/** Whether the colleague was revoked in the team; `refused` says why not, where a team is at work. */
interface Team {
  readonly revoked: boolean | null
  readonly jobs?: readonly string[]
  readonly refused?: string
}

const noTeam: Team = { revoked: null }

/** Revokes it where the team is at work; nobody is put to work for that. */
async function offTheTeam({ world, options }: Call<Options>, who: string, because: string): Promise<Team> {
  const team = await world.openers.connect(folderOf(world, options))
  if (team === undefined) return { revoked: false }
  try {
    const { jobs } = await team.revoke({ who, by: personOf(world, options) ?? requesterName, because })
    return { revoked: true, jobs }
  } catch (error) {
    return { revoked: false, refused: failureOf(error).message }
  } finally {
    await team[Symbol.asyncDispose]()
  }
}

function busText(name: string, { key }: Bus): string {
  return key === null
    ? `${safeText(name)} has no key for the bus: there was nothing to take it off.`
    : `${safeText(name)} is off the bus, and ${key} is refused.`
}

function teamText({ revoked, jobs = [], refused }: Team): string {
  if (revoked === null) return ''
  if (revoked)
    return `Nothing is done in its name any more. ${counted(jobs.length, 'open job')} ended; whoever asked is told.`
  return refused === undefined
    ? 'Nobody works for the team here: revoke it again when somebody does, or its open work goes on.'
    : `It is NOT revoked in the team: ${safeText(refused)}`
}
