import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { serversFolder } from './servers-folder.ts'
import { stoppedText } from './stopped-view.ts'

export const serversDown = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'down',
    summary: 'stop them; their data, ports and passwords stay',
    examples: ['servers down', 'servers down --json'],
    notes:
      'Only what this clone started is stopped, and nothing of it is left running. A server that had ended by itself is named, and it is no failure.',
    async run(call) {
      const { cloneDown } = await import('@roster/servers')
      const stopped = await call.during('Stopping the servers', () => cloneDown(serversFolder(call)))
      call.answer.whole(stopped, (paint) => stoppedText(stopped, paint))
      return exitCode.ok
    },
  })
