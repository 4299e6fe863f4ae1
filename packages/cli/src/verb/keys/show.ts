import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { keysOf } from './keys-call.ts'
import { keysTable } from './keys-view.ts'

export const keysShow = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'show',
    summary: 'show the public keys, those that were replaced, and who is revoked',
    examples: ['keys show', 'keys show --json'],
    async run(call) {
      const identity = await (await keysOf(call)).show()
      call.answer.whole(identity, (paint) => keysTable(identity, paint))
      return exitCode.ok
    },
  })
