import {
  Client,
  ClientCredentialsProvider,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client'

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
  /** Tokens that were got for it: what comes back may not hold them. */
  readonly tokens: () => readonly string[]
  /** Whether it was closed, by whichever side. */
  readonly isClosed: () => boolean
}

/** How long a server may take to say hello, in milliseconds. */
const connectMs = 20_000

const limits = { memoryBytes: 2 * 1024 * 1024 * 1024 }

/**
 * Connects to a server. It is offered nothing of ours: no sampling, no elicitation, no roots.
 *
 * @param secret the token for a server with an audience, which goes to that server and to no other; or the secret of a client, which goes to its
 * issuer and to no other
 */
export async function connect(server: McpServer, secret?: string): Promise<Connection> {
  const {
    transport,
    confinement,
    close,
    refusal,
    tokens = () => [],
  } = isLocal(server) ? await local(server) : remote(server, secret)
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
  return { client, confinement, tokens, isClosed: () => isClosed, [Symbol.asyncDispose]: end }
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
  readonly tokens?: () => readonly string[]
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

function remote(server: RemoteMcpServer, secret: string | undefined): Way {
  if (server.client === undefined) assertAudience(server, secret)
  const guarded = guardedFetch(server)
  const provider = secret === undefined ? undefined : providerOf(server, secret)
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    // Also for what is asked of the issuer: that address is looked at as well.
    fetch: guarded.fetch,
    redirectPolicy: 'same-origin',
    ...(provider === undefined ? {} : { authProvider: provider }),
  })
  const close = async (): Promise<void> => await guarded[Symbol.asyncDispose]()
  const tokens = (): readonly string[] => {
    const got = provider instanceof ClientCredentialsProvider ? provider.tokens()?.access_token : secret
    return got === undefined ? [] : [got]
  }
  return { transport, confinement: 'remote', close, refusal: guarded.refusal, tokens }
}

/** What brings a token along; none for a server that was declared to want none. */
function providerOf({ client, audience }: RemoteMcpServer, secret: string) {
  if (client === undefined)
    return audience === undefined ? undefined : { token: async () => await Promise.resolve(secret) }
  const { id, issuer, scope } = client
  return new ClientCredentialsProvider({
    clientId: id,
    clientSecret: secret,
    expectedIssuer: issuer,
    ...(scope === undefined ? {} : { scope }),
  })
}
