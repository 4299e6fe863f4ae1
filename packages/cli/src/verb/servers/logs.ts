import { option, wholeNumber } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { safeText } from '../../terminal/safe-text.ts'
import { namedServers } from './named-servers.ts'
import { serversFolder } from './servers-folder.ts'

interface Options {
  readonly lines: number
  readonly follow?: boolean
}

export const serversLogs = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'logs [server...]',
    summary: 'show what they printed last',
    examples: ['servers logs', 'servers logs nats --lines 200', 'servers logs temporal --follow --json'],
    options: [
      option('--lines <count>', 'how many lines of each').argParser(wholeNumber(1)).default(20),
      option('--follow', 'go on with what they print, until an interrupt'),
    ],
    notes: 'With --json each line is {"server","line"}.',
    async run(call) {
      const { followLogs, logLines } = await import('@roster/servers')
      const folder = serversFolder(call)
      const { answer, options, world: own } = call
      const names = namedServers(call.args)
      const show = (server: string, line: string): void =>
        answer.line(
          { server, line },
          ({ quiet }) => `${names.length === 1 ? '' : `${quiet(server)}  `}${safeText(line)}`,
        )
      for (const name of names) for (const line of logLines(folder, name, options.lines)) show(name, line)
      if (options.follow === true) await followLogs(folder, names, show, own.signal)
      return exitCode.ok
    },
  })
