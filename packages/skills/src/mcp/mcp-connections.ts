import { failureOf, RosterError, type Failure, type Json } from '@roster/core'

import { parsed } from '../json/parsed.ts'
import { redactor } from '../secret/redact.ts'
import { connect, type Connection } from './connection.ts'
import { serverDigest, sha256, type McpServer } from './mcp-server.ts'
import { pinOf, type McpPins } from './pins.ts'

/** One call of a tool of a server. */
export interface McpCall {
  readonly server: McpServer
  readonly pins: McpPins
  /** The tool's name at the server. */
  readonly tool: string
  readonly input: Json
  /** The caller's own: the token, or the secret of the client. @defaultValue none */
  readonly secret?: string
  readonly signal: AbortSignal
}

/** What came of it. */
export interface McpOutcome {
  readonly result: { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }
  /** For the record: how the server is held, and what was pinned and found. */
  readonly evidence: { readonly [key: string]: Json }
}

const maxAnswerBytes = 1024 * 1024
const maxDepth = 128

/**
 * The connections of a host to MCP servers.
 *
 * K1 A server is run or called only as its definition was consented to.
 * K2 A tool is called only if the server describes it, at this moment, as it was pinned.
 * K3 Callers with different secrets have connections of their own.
 */
export class McpConnections implements AsyncDisposable {
  readonly #open = new Map<string, Promise<Connection>>()

  /** Calls a tool. Never rejects. */
  async call(call: McpCall): Promise<McpOutcome> {
    const { server, pins, tool } = call
    let evidence: McpOutcome['evidence'] = { server: server.name, tool, pinned: pins.tools[tool]?.digest ?? null }
    try {
      assertConsented(server, pins)
      const connection = await this.#connection(server, call.secret)
      evidence = { ...evidence, confinement: connection.confinement }
      const found = await foundDigest(connection, tool, call.signal)
      evidence = { ...evidence, found }
      assertPinned(call, found)
      return { result: await answerOf(connection, call), evidence }
    } catch (error) {
      return { result: { ok: false, failure: failureOf(error, 'tool-failed') }, evidence }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = [...this.#open.values()].map(async (connection) => await (await connection)[Symbol.asyncDispose]())
    this.#open.clear()
    await Promise.allSettled(closed)
  }

  async #connection(server: McpServer, secret: string | undefined): Promise<Connection> {
    const key = `${serverDigest(server)} ${secret === undefined ? '' : sha256(secret)}`
    const known = this.#open.get(key)
    const connection = await known?.catch(() => undefined)
    if (connection !== undefined && !connection.isClosed()) return connection
    // Another call may have begun to connect meanwhile.
    const begun = this.#open.get(key)
    const next = begun === known || begun === undefined ? connect(server, secret) : begun
    this.#open.set(key, next)
    return await next
  }
}

function assertConsented(server: McpServer, pins: McpPins): void {
  if (serverDigest(server) === pins.server) return
  throw new RosterError('contract-drift', `${server.name} is not the server that ${pins.consent.by} consented to`, {
    path: server.name,
    hint: 'Look at its command or address, and pin it again.',
  })
}

/** The digest of a tool as the server describes it now; `null` for one that it no longer has. */
async function foundDigest({ client }: Connection, name: string, signal: AbortSignal): Promise<string | null> {
  // Fetched and kept: what the SDK knows of a tool's answers is then what was checked.
  const { tools } = await client.listTools(undefined, { cacheMode: 'refresh', signal })
  const tool = tools.find((one) => one.name === name)
  return tool === undefined ? null : pinOf(tool).digest
}

function assertPinned({ server, pins, tool }: McpCall, found: string | null): void {
  if (found !== null && found === pins.tools[tool]?.digest) return
  const what = found === null ? 'is gone' : 'is described otherwise than when it was pinned'
  throw new RosterError('contract-drift', `the tool ${tool} of ${server.name} ${what}; it was not called`, {
    path: `${server.name}.${tool}`,
    hint: 'Compare what the server says of it with the pins; pin it again, with a new version of the tool, if that is right.',
  })
}

async function answerOf(
  { client, tokens }: Connection,
  { tool, input, signal }: McpCall,
): Promise<McpOutcome['result']> {
  const answer = await client.callTool({ name: tool, arguments: input as Record<string, unknown> }, { signal })
  const { content, structuredContent, isError } = answer
  const clean = redactor(tokens())
  if (isError === true) return { ok: false, failure: { code: 'tool-failed', message: clean.message(textOf(content)) } }
  const whole = parsed(JSON.stringify(structuredContent ?? { content }), maxAnswerBytes, maxDepth)
  return whole.ok ? { ok: true, value: clean.json(whole.value) } : whole
}

/** What a server says went wrong, in words. */
function textOf(content: readonly { readonly type: string; readonly text?: unknown }[]): string {
  const words = content.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
  return words.join('\n').slice(0, 2000) || 'the server says that it failed, and not why'
}
