import { asJson, canonical, type Json, type JsonObject } from '@roster/core'

import { sha256 } from './mcp-server.ts'

/** A tool of a server as it was when a person looked at it. */
export interface PinnedTool {
  /** SHA-256 of all that the server says of it. */
  readonly digest: string
  readonly description: string
  readonly inputSchema: JsonObject
  readonly outputSchema?: JsonObject
}

/** What a person consented to: a server, and its tools. It is kept in a file beside the team. */
export interface McpPins {
  /** `roster.mcp.1` */
  readonly format: string
  /** Digest of the server's definition, with its exact command or address. */
  readonly server: string
  readonly consent: { readonly by: string; readonly at: string }
  readonly tools: { readonly [name: string]: PinnedTool }
}

/** What is used of a tool as a server lists it. */
export interface ListedTool {
  readonly name: string
  readonly description?: string | undefined
  readonly inputSchema: unknown
  readonly outputSchema?: unknown
}

/** Pins a tool: everything that the server says of it counts, also what nobody here uses. */
export function pinOf(tool: ListedTool): PinnedTool {
  const whole = asJson(tool) as { readonly [key: string]: Json }
  const { description = '', inputSchema, outputSchema } = whole
  return {
    digest: sha256(canonical(whole)),
    description: typeof description === 'string' ? description : '',
    inputSchema: inputSchema as JsonObject,
    ...(outputSchema === undefined ? {} : { outputSchema: outputSchema as JsonObject }),
  }
}
