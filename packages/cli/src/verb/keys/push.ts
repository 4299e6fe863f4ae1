import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { keysOf, serversOf } from './keys-call.ts'

export const keysPush = (world: World, ended: Ended) =>
  verb<{ readonly server?: string }>(world, ended, {
    usage: 'push',
    summary: 'tell a NATS server of the keys as they stand',
    examples: ['keys push', 'keys push --server nats://10.0.0.7:4222'],
    options: [option('--server <url>', 'the server, or one of its cluster (env NATS_URL)')],
    notes: 'Needed only where a server was away, or was set back, while keys changed.',
    async run(call) {
      const servers = await serversOf(call)
      const keys = await keysOf(call)
      const { revision, account } = await call.during('Telling the server', () => keys.push(servers))
      call.answer.whole(
        { revision, account: account.key },
        () => `The server knows revision ${revision} of ${account.key}.`,
      )
      return exitCode.ok
    },
  })
