import { folderOf, personOf, type Call } from '../command/call.ts'
import { durationMs, option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { failureOf } from '../failure/failure-of.ts'
import { requesterName } from '../team/requester.ts'
import { safeText } from '../terminal/safe-text.ts'
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
    summary: 'take a colleague or a client off the bus, within a second, and stop the colleague',
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
      'Its connections end at once and its key is refused. The signing key of its role is replaced after the grace.\n' +
      'Where the team is at work, the colleague is stopped as by `roster stop`; ends with 3 if that is refused: it is off the bus all the same.',
    async run(call) {
      const { because, client = false, grace: graceMs } = call.options
      const [name = ''] = call.args
      if (because === undefined)
        throw usageError('it is not said why', '--because', 'Add --because "…": it is kept with the revocation.')
      const servers = await serversOf(call)
      const keys = await keysOf(call)
      const [revoked, stopped] = await call.during(`Revoking ${name}`, () =>
        Promise.all([
          keys.revoke(servers, { name, client, because, graceMs }),
          client ? noStop : stopOf(call, name, because),
        ]),
      )
      call.answer.whole({ name, ...revoked, ...stopped }, () =>
        [`${safeText(name)} is off the bus, and ${revoked.key} is refused.`, stopText(name, stopped)].join('\n').trim(),
      )
      return stopped.refused === undefined ? exitCode.ok : exitCode.refused
    },
  })

/** Whether the colleague was stopped in the team; `refused` says why not, where a team is at work. */
interface Stopped {
  readonly stopped: boolean | null
  readonly refused?: string
}

const noStop: Stopped = { stopped: null }

/** Stops it where the team is at work; nobody is put to work for that. */
async function stopOf({ world, options }: Call<Options>, who: string, because: string): Promise<Stopped> {
  const team = await world.openers.connect(folderOf(world, options))
  if (team === undefined) return { stopped: false }
  try {
    await team.stop({ who, by: personOf(world, options) ?? requesterName, because })
    return { stopped: true }
  } catch (error) {
    return { stopped: false, refused: failureOf(error).message }
  } finally {
    await team[Symbol.asyncDispose]()
  }
}

function stopText(name: string, { stopped, refused }: Stopped): string {
  if (stopped === null) return ''
  if (stopped) return 'It is stopped: no effect of its jobs starts any more. What is open waits for a person.'
  return refused === undefined
    ? `Nobody works for the team here: run \`roster stop ${safeText(name)}\` when somebody does.`
    : `It is NOT stopped: ${safeText(refused)}`
}
