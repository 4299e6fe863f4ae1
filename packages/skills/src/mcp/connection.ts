import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client'

import { RosterError } from '@roster/core'

import { confineCommand, confineNode } from '../process/confine.ts'
import type { Confined } from '../process/confinement.ts'
import { assertAudience } from './audience.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { isLocal, type LocalMcpServer, type McpServer, type RemoteMcpServer } from './mcp-server.ts'
import { ConfinedStdioTransport } from './stdio-transport.ts'

/** An open connection to a server. */
export interface Connection extends AsyncDisposable {
  readonly client: Client
  /** How a local server is held; `remote` for another's. */
  readonly confinement: Confined['confinement'] | 'remote'
  /** Whether it was closed, by whichever side. */
  readonly isClosed: () => boolean
}

/** How long a server may take to say hello, in milliseconds. */
const connectMs = 20_000

const limits = { memoryBytes: 2 * 1024 * 1024 * 1024 }

/**
 * Connects to a server. It is offered nothing of ours: no sampling, no elicitation, no roots.
 *
 * @param token only for a server with an audience; it goes to that server and to no other
 */
export async function connect(server: McpServer, token?: string): Promise<Connection> {
  const { transport, confinement, close, refusal } = isLocal(server) ? await local(server) : remote(server, token)
  let isClosed = false
  const client = new Client(
    { name: 'roster', version: '0.0.0' },
    { capabilities: {}, versionNegotiation: { mode: 'auto', probe: { timeoutMs: 3000 } } },
  )
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK's client is no event target
  client.onclose = () => (isClosed = true)
  const end = async (): Promise<void> => {
    isClosed = true
    await client.close()
    await close()
  }
  try {
    await client.connect(transport, { timeout: connectMs })
  } catch (error) {
    await end()
    throw refusal() ?? unreached(server, error)
  }
  return { client, confinement, isClosed: () => isClosed, [Symbol.asyncDispose]: end }
}

function unreached({ name }: McpServer, cause: unknown): RosterError {
  return new RosterError('tool-failed', `${name} does not answer: ${cause instanceof Error ? cause.message : ''}`, {
    path: name,
    hint: 'Try its command or address by hand; a local server reads only the files that its definition names.',
    cause,
  })
}

interface Way {
  readonly transport: Transport
  readonly confinement: Connection['confinement']
  readonly close: () => Promise<void>
  /** Why its address may not be called, if that was it. */
  readonly refusal: () => RosterError | undefined
}

async function local(server: LocalMcpServer): Promise<Way> {
  const { command, args = [], files = [], env = {}, network = false, confinement: demand } = server
  const read = files.map((from) => ({ from }))
  const options = { read, env, network, limits, ...(demand === undefined ? {} : { demand }) }
  const [file = '', ...rest] = args
  const confined =
    command === 'node'
      ? await confineNode(
          { file, args: rest, options: ['--no-warnings'] },
          { ...options, read: [...read, { from: file }] },
        )
      : await confineCommand([command, ...args], { ...options, programs: true })
  const transport = new ConfinedStdioTransport(confined)
  return {
    transport,
    confinement: confined.confinement,
    close: async () => await transport.close(),
    refusal: () => undefined,
  }
}

function remote(server: RemoteMcpServer, token: string | undefined): Way {
  assertAudience(server, token)
  const guarded = guardedFetch(server)
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    fetch: guarded.fetch,
    redirectPolicy: 'same-origin',
    ...(token === undefined || server.audience === undefined
      ? {}
      : { authProvider: { token: async () => await Promise.resolve(token) } }),
  })
  const close = async (): Promise<void> => await guarded[Symbol.asyncDispose]()
  return { transport, confinement: 'remote', close, refusal: guarded.refusal }
}
