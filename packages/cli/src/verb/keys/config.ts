import { join, resolve } from 'node:path'

import { folderOf } from '../../command/call.ts'
import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { keysOf } from './keys-call.ts'

interface Options {
  readonly accounts?: string
}

export const keysConfig = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'config',
    summary: 'print what a NATS server is to be configured with',
    examples: ['keys config > nats.conf', 'keys config --accounts /var/lib/nats/accounts'],
    options: [
      option(
        '--accounts <dir>',
        'where the server keeps what it knows of accounts (default: nats-accounts in the folder)',
      ),
    ],
    notes: 'It holds no secret. A server that has it learns of rotations and revocations while it runs.',
    async run(call) {
      const { world: own, options } = call
      const accounts = resolve(own.cwd, options.accounts ?? join(folderOf(own, options), 'nats-accounts'))
      const config = await (await keysOf(call)).config(accounts)
      call.answer.whole({ config, accounts }, () => config.trimEnd())
      return exitCode.ok
    },
  })
