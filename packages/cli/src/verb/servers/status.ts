import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { serversFolder } from './servers-folder.ts'
import { serversTable } from './servers-view.ts'

interface Options {
  readonly secrets?: boolean
}

export const serversStatus = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'status',
    summary: 'show their addresses, versions, and where each program came from',
    examples: ['servers status', 'servers status --json', 'servers status --secrets --json'],
    options: [option('--secrets', 'show the passwords in the addresses')],
    notes: 'Ends with 1 if a server ended by itself or does not answer, and with 5 if one was not started.',
    async run(call) {
      const { cloneStatus } = await import('@roster/servers')
      const folder = serversFolder(call)
      const statuses = await cloneStatus(folder, call.world.env, { secrets: call.options.secrets === true })
      call.answer.whole({ folder, servers: statuses }, (paint) => serversTable(statuses, paint))
      if (statuses.some(({ state }) => state === 'died' || state === 'silent')) return exitCode.failed
      return statuses.every(({ state }) => state === 'running') ? exitCode.ok : exitCode.unreachable
    },
  })
