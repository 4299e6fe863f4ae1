import type { Call } from '../../command/call.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { CommandError, usageError } from '../../failure/command-error.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { interruption } from '../../team/interruptible.ts'
import { serversFolder } from './servers-folder.ts'
import { stoppedText } from './stopped-view.ts'

export const serversWipe = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'wipe',
    summary: 'stop them and remove everything that they hold',
    examples: ['servers wipe', 'servers wipe --yes'],
    notes:
      'Databases, streams, workflows, logs and passwords of this clone are gone afterwards; downloaded programs stay in the cache of the user.\n' +
      'Without a terminal it takes --yes.',
    async run(call) {
      const { cloneWipe } = await import('@roster/servers')
      await confirmed(call)
      const stopped = await call.during('Removing the servers', () => cloneWipe(serversFolder(call)))
      call.answer.whole(
        { ...stopped, wiped: serversFolder(call) },
        (paint) => `${stoppedText(stopped, paint)}\nRemoved ${serversFolder(call)}.`,
      )
      return exitCode.ok
    },
  })

async function confirmed(call: Call): Promise<void> {
  const { options, world } = call
  const { terminal, signal } = world
  if (options.yes === true) return
  if (!terminal.interactive)
    throw usageError(
      'to wipe without a terminal takes --yes',
      '--yes',
      'See what is there with `roster servers status`.',
    )
  const { confirm } = await import('@clack/prompts')
  const message = `Remove all data of the servers in ${serversFolder(call)}?`
  const sure = await confirm({ message, initialValue: false, input: terminal.input, output: terminal.errors, signal })
  if (sure === true) return
  throw sure === false ? new CommandError('cancelled', 'nothing was removed') : interruption()
}
