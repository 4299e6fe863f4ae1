import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { McpPins, McpServer } from 'roster/mcp'

import { personOf, type Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError, usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { interruption } from '../team/interruptible.ts'

interface Options {
  readonly secretFrom?: string
}

export const mcpPin = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'mcp-pin <file> [name]',
    summary: 'look at an MCP server before it runs for a team, and pin what it says of its tools',
    examples: [
      'mcp-pin src/rates.ts --as controller',
      'mcp-pin src/servers.ts crm --as controller --secret-from CRM_TOKEN',
    ],
    options: [
      option('--secret-from <variable>', 'the variable of the environment that holds its token, or its client secret'),
    ],
    notes:
      'The file exports the server; a name says which, where it exports several. The exact command or address is shown\n' +
      'before anything runs; without a terminal it takes --yes. The pins are written beside the file: <server>.pins.json.',
    async run(call) {
      const {
        world: { cwd, now, env },
        args: [path = '', name],
        options,
      } = call
      const by = personOf(call.world, options)
      if (by === undefined)
        throw usageError('whoever consents is named', '--as', 'Say who looked at it: --as <person>.')
      const file = resolve(cwd, path)
      const server = await serverIn(file, name)
      const { pinMcpServer } = await import('roster/mcp')
      const secret = options.secretFrom === undefined ? undefined : env[options.secretFrom]
      const pins = await pinMcpServer(server, {
        by,
        clock: { now },
        confirm: async (shown) => await confirmed(call, shown),
        ...(secret === undefined ? {} : { secret }),
      })
      const written = join(dirname(file), `${server.name}.pins.json`)
      await writeFile(written, `${JSON.stringify(pins, null, 2)}\n`)
      call.answer.whole({ file: written, ...pins }, () => pinsText(written, pins))
      return exitCode.ok
    },
  })

function pinsText(file: string, { tools }: McpPins): string {
  const lines = Object.entries(tools).map(([name, { digest }]) => `  ${digest.slice(0, 12)}  ${JSON.stringify(name)}`)
  return [`Pinned in ${file}; read there what your models will be told:`, ...lines].join('\n')
}

/** Shows exactly what would be run or called, and asks unless told that nobody is to be asked. */
async function confirmed({ world: { terminal, signal }, options }: Call<Options>, shown: string): Promise<boolean> {
  terminal.errors.write(`${shown}\n\n`)
  if (options.yes === true) return true
  if (!terminal.interactive)
    throw usageError('to run it without a terminal takes --yes', '--yes', 'Look at what is shown above first.')
  const { confirm } = await import('@clack/prompts')
  const message = 'Run it?'
  const sure = await confirm({ message, initialValue: false, input: terminal.input, output: terminal.errors, signal })
  if (typeof sure === 'boolean') return sure
  throw interruption()
}

/** The server that a file exports. */
async function serverIn(file: string, name: string | undefined): Promise<McpServer> {
  const exported = await exportsOf(file)
  const servers = Object.values(exported).filter(isServer)
  const named = name === undefined ? servers : servers.filter((server) => server.name === name)
  if (named.length === 1 && named[0] !== undefined) return named[0]
  const found = servers.map((server) => server.name).join(', ') || 'none'
  throw usageError(
    `${file} exports ${named.length === 0 ? 'no such server' : 'several servers'}`,
    'name',
    `It has: ${found}.`,
  )
}

async function exportsOf(file: string): Promise<object> {
  try {
    return (await import(pathToFileURL(file).href)) as object
  } catch (cause) {
    throw new CommandError(
      'usage',
      `${file} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        path: file,
        hint: 'Name a file that exports an McpServer.',
        cause,
      },
    )
  }
}

function isServer(value: unknown): value is McpServer {
  if (typeof value !== 'object' || value === null || !('name' in value)) return false
  return 'command' in value || 'url' in value
}
