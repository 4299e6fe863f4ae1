import { failureOf, RosterError, type Json, type Need, type Schema } from '@roster/core'
import { isLocal, schemaOfJson, serverDigest, type McpPins, type McpServer, type PinnedTool } from '@roster/skills/mcp'

import type { Person } from '../author/person.ts'
import { tool, type ToolOf } from '../author/tool.ts'
import { sha256 } from '../sha256.ts'
import { fileText } from './file-text.ts'
import { placed, type Placed } from './placed.ts'

/** What the team says of a tool of a server. What the server says of it itself (read-only, idempotent) is a hint of a stranger. */
export interface McpToolOptions {
  /** Whether it changes something outside: then it needs trusted lineage, an endorsement or an approval. */
  readonly consequential: boolean
  /** Whether it may be called again after an unknown outcome; the server is not told of a key. */
  readonly idempotent: boolean
  /** @defaultValue `untrusted` */
  readonly integrity?: 'trusted' | 'untrusted'
  /** Which approval these arguments need, or `null`. Pure. @defaultValue none */
  readonly gate?: (input: unknown) => Need | null
}

/** The tools of a server that a team uses. */
export interface McpTools<Name extends string> {
  /** A person on the roster, who answers for the server. */
  readonly owner: Person
  /** Of all its tools: changed with the pins. */
  readonly version: `${number}.${number}.${number}`
  /** By the server's names. Those that are not named here are not there for the team. */
  readonly tools: Readonly<Record<Name, McpToolOptions>>
}

/**
 * Tools of an MCP server as tools of the team, each with the contract that was pinned: `rates-get-rate` for `get_rate` of the server `rates`.
 * Nothing is run or called here. At each call the server is asked what it says of the tool now; if that is not what was pinned the call fails
 * as `contract-drift`, is not made, and is on record. A local server runs in the place `process`; calls of a remote one are made by the host.
 * For a server with an audience each tool needs the secret `token` of the colleague who uses it, for one with a client its `clientSecret`.
 *
 * @param pins from `pinMcpServer`, or the file in which they are kept
 * @throws RosterError `definition-invalid` for a tool that is not pinned, and where the server's definition is not the one consented to
 * @example const { get_rate } = mcpTools(rates, new URL('./rates.pins.json', import.meta.url), { owner, version: '1.0.0', tools: { get_rate: { consequential: false, idempotent: true } } })
 */
export function mcpTools<Name extends string>(
  server: McpServer,
  pins: McpPins | URL,
  { owner, version, tools }: McpTools<Name>,
): Readonly<Record<Name, ToolOf>> {
  const known = pins instanceof URL ? (JSON.parse(fileText(pins)) as McpPins) : pins
  assertConsented(server, known)
  const made = Object.entries<McpToolOptions>(tools).map(([name, options]) => {
    const pin = pinnedTool(server, known, name)
    const { outputSchema } = pin
    const one = tool(`${nameOf(server, name)}@${version}`, {
      owner,
      input: schemaOfJson(pin.inputSchema),
      output: outputSchema === undefined ? content : schemaOfJson(outputSchema),
      description: pin.description,
      secrets: secretsOf(server),
      run: callOf(server, known, name),
      ...options,
    })
    return [name, one] as const
  })
  return Object.fromEntries(made) as Record<Name, ToolOf>
}

/** What a server without a contract for its answers answers: a list of texts and other parts. */
const content: Schema = schemaOfJson({
  type: 'object',
  properties: { content: { type: 'array' } },
  required: ['content'],
})

function assertConsented(server: McpServer, pins: McpPins): void {
  if (pins.format === 'roster.mcp.1' && pins.server === serverDigest(server)) return
  throw new RosterError('definition-invalid', `${server.name} is not defined as its pins say that it was`, {
    path: server.name,
    hint: 'Its command, files or address were changed: look at it again, and pin it anew with pinMcpServer.',
  })
}

function pinnedTool(server: McpServer, { tools }: McpPins, name: string): PinnedTool {
  const pin = Object.hasOwn(tools, name) ? tools[name] : undefined
  if (pin !== undefined) return pin
  throw new RosterError('definition-invalid', `${server.name} has no pinned tool ${name}`, {
    path: `${server.name}.${name}`,
    hint: `Pinned are: ${Object.keys(tools).join(', ')}.`,
  })
}

/** What each caller needs of its own: the token itself, or what one is got with. */
function secretsOf(server: McpServer): readonly string[] {
  if (isLocal(server)) return []
  if (server.client !== undefined) return ['clientSecret']
  return server.audience === undefined ? [] : ['token']
}

/** Names of the team are small letters, digits and dashes. */
function nameOf(server: McpServer, name: string): string {
  return `${server.name}-${name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}`
}

function callOf(server: McpServer, pins: McpPins, name: string): Placed<unknown> {
  const code = {
    place: isLocal(server) ? ('process' as const) : ('host' as const),
    digest: sha256(JSON.stringify([pins.server, name, pins.tools[name]?.digest])),
    server: server.name,
  }
  return placed<unknown>(code, async (input, { places, note, secrets, signal }) => {
    const [secret] = secretsOf(server).map((one) => secrets[one])
    const call = { server, pins, tool: name, input: input as Json, signal }
    const { result, evidence } = await places.mcp(secret === undefined ? call : { ...call, secret })
    note(evidence)
    if (result.ok) return result.value
    throw failureOf(result.failure)
  })
}
