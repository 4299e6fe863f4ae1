import { createHash } from 'node:crypto'

import { canonical } from '@roster/core'

/** A server that this machine runs: a program that speaks MCP over its standard input and output. Its place is `process`. */
export interface LocalMcpServer {
  readonly name: string
  /** The program; `node` is the Node that runs this, under its permission model. */
  readonly command: string
  /** @defaultValue none */
  readonly args?: readonly string[]
  /** Files and folders that it may read, by absolute paths: its own code, and what it works on. @defaultValue none */
  readonly files?: readonly string[]
  /** Its whole environment, which is in the definition: no secrets. @defaultValue none */
  readonly env?: Readonly<Record<string, string>>
  /** Whether it may reach the network. Only bubblewrap can take that away. @defaultValue false */
  readonly network?: boolean
  /** Refuses to run it where bubblewrap is not found. @defaultValue the best that there is */
  readonly confinement?: 'bubblewrap'
}

/** A server that somebody else runs, reached over streamable HTTP. */
export interface RemoteMcpServer {
  readonly name: string
  /** With https, unless it is `internal`. */
  readonly url: string
  /**
   * The server's address as the token names its audience (RFC 8707). A token is sent to the server that it was issued for and to no other, and
   * none but the secret `token` of the colleague who calls. @defaultValue none: no token is sent
   */
  readonly audience?: string
  /**
   * How a token is got for it: client credentials of OAuth 2.1, asked of this one issuer, for this server as its resource (RFC 8707). Needs the
   * secret `clientSecret` of the colleague who calls. @defaultValue none
   */
  readonly client?: { readonly id: string; readonly issuer: string; readonly scope?: string }
  /** Whether it may be at a private address of one's own network, and speak http. @defaultValue false */
  readonly internal?: boolean
}

export type McpServer = LocalMcpServer | RemoteMcpServer

/** Whether this machine runs it. */
export function isLocal(server: McpServer): server is LocalMcpServer {
  return 'command' in server
}

/** SHA-256 of all that a server's definition says: what a person consented to. */
export function serverDigest(server: McpServer): string {
  return sha256(canonical(server))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
