import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { safeText } from '../../terminal/safe-text.ts'
import { keysOf } from '../keys/keys-call.ts'

export const credentialsReinstate = (world: World, ended: Ended) =>
  verb<{ readonly client?: boolean }>(world, ended, {
    usage: 'reinstate <who>',
    summary: 'let somebody who was revoked come back, with a new key',
    examples: ['credentials reinstate researcher', 'credentials reinstate web-shop --client'],
    options: [option('--client', 'it is a client, and no colleague')],
    notes: 'The old key stays refused. A colleague takes up the new one when its host starts again.',
    async run(call) {
      const [name = ''] = call.args
      const { client = false } = call.options
      await (await keysOf(call)).reinstate({ name, client })
      call.answer.whole({ name }, () => `${safeText(name)} gets a new key at its next start.`)
      return exitCode.ok
    },
  })
