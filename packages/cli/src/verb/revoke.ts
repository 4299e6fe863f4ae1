import { durationMs, option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
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
    summary: 'take a colleague or a client off the bus, within a second',
    examples: [
      'revoke researcher --because "its laptop was stolen"',
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
      'Its connections end at once and its key is refused. The signing key of its role is replaced after the grace.',
    async run(call) {
      const { because, client = false, grace: graceMs } = call.options
      const [name = ''] = call.args
      if (because === undefined)
        throw usageError('it is not said why', '--because', 'Add --because "…": it is kept with the revocation.')
      const servers = serversOf(call)
      const keys = await keysOf(call)
      const revoked = await call.during(`Revoking ${name}`, () =>
        keys.revoke(servers, { name, client, because, graceMs }),
      )
      call.answer.whole({ name, ...revoked }, () => `${safeText(name)} is off the bus, and ${revoked.key} is refused.`)
      return exitCode.ok
    },
  })
