import { folderOf, personOf, type Call } from '../../command/call.ts'
import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { requesterName } from '../../team/requester.ts'
import { safeText } from '../../terminal/safe-text.ts'
import { keysOf } from '../keys/keys-call.ts'

export const credentialsReinstate = (world: World, ended: Ended) =>
  verb<{ readonly client?: boolean }>(world, ended, {
    usage: 'reinstate <who>',
    summary: 'let somebody who was revoked come back, with a new key',
    examples: ['credentials reinstate researcher', 'credentials reinstate web-shop --client'],
    options: [option('--client', 'it is a client, and no colleague')],
    notes: 'The old key stays refused. A colleague may act in its team again, too, where that is at work.',
    async run(call) {
      const [name = ''] = call.args
      const { client = false } = call.options
      const keys = await keysOf(call)
      const acts = client ? false : await inTheTeam(call, name)
      await keys.reinstate({ name, client }).catch((error: unknown) => {
        // A team in one process has no keys for the bus, and whoever never spoke on it has none.
        if (!acts) throw error
      })
      call.answer.whole({ name, acts }, () => {
        const again = acts ? ' It acts in its team again.' : ''
        return `${safeText(name)} gets a new key when it next connects.${again}`
      })
      return exitCode.ok
    },
  })

/** Lets it act again where the team is at work; answers whether it is. */
async function inTheTeam({ world, options }: Call, who: string): Promise<boolean> {
  const team = await world.openers.connect(folderOf(world, options))
  if (team === undefined) return false
  try {
    await team.reinstate({ who, by: personOf(world, options) ?? requesterName })
    return true
  } finally {
    await team[Symbol.asyncDispose]()
  }
}
