import type { Identity } from 'roster/keys'

import { folderOf } from '../../command/call.ts'
import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import type { Paint } from '../../terminal/paint.ts'
import { keysOf } from './keys-call.ts'
import { keysTable } from './keys-view.ts'

interface Options {
  readonly tenant?: string
  readonly operatorSeed?: string
  readonly accountSeed?: string
  readonly force?: boolean
}

export const keysInit = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'init',
    summary: 'make operator, account and a signing key for each role',
    examples: ['keys init', 'keys init --tenant acme --operator-seed env:OPERATOR_SEED'],
    options: [
      option('--tenant <name>', "whose account it is (default: the team's name)"),
      option('--operator-seed <ref>', 'a seed that a secret store keeps: env:<NAME> or file:<path>'),
      option('--account-seed <ref>', 'the same for the account'),
      option('--force', 'set the keys that are there aside; every server must then be configured anew'),
    ],
    notes: 'Seeds are written to files that only you can read, and never shown. What --*-seed names is not copied.',
    async run(call) {
      const { tenant, operatorSeed, accountSeed, force = false } = call.options
      const keys = await keysOf(call)
      const identity = await keys.init({
        tenant: tenant ?? ((await call.team()).team as { readonly name: string }).name,
        force,
        seeds: {
          ...(operatorSeed === undefined ? {} : { operator: operatorSeed }),
          ...(accountSeed === undefined ? {} : { account: accountSeed }),
        },
      })
      call.answer.whole(identity, (paint) => made(identity, folderOf(call.world, call.options), paint))
      return exitCode.ok
    },
  })

function made(identity: Identity, folder: string, paint: Paint): string {
  const next = ['roster keys config > nats.conf', 'roster servers up nats --nats-config nats.conf']
  return `${keysTable(identity, paint)}\n\nThe seeds are in ${folder}/identity: back them up. Next:\n\n${next.map((one) => `  ${one}`).join('\n')}`
}
