import { RosterError, type Clock } from '@roster/core'

import { connect } from './connection.ts'
import { serverDigest, type McpServer } from './mcp-server.ts'
import { pinOf, type McpPins } from './pins.ts'
import { spoken } from './spoken.ts'

/** Who looks at a server before it is run. */
export interface PinOptions {
  /** The person who consents, for the record. */
  readonly by: string
  /** Is shown the exact command or address, and what the server is given; nothing runs before it answers `true`. */
  readonly confirm: (shown: string) => Promise<boolean>
  readonly clock: Clock
  /** Its token, or the secret of the client, if it wants one. */
  readonly secret?: string
}

/**
 * Looks at a server's tools and pins them, after a person has seen what will be run or called.
 *
 * @throws RosterError `denied` when the person says no: then nothing was run
 */
export async function pinMcpServer(server: McpServer, { by, confirm, clock, secret }: PinOptions): Promise<McpPins> {
  if (!(await confirm(spoken(server))))
    throw new RosterError('denied', `${by} does not let ${server.name} run`, { path: server.name })
  await using connection = await connect(server, secret)
  const { tools } = await connection.client.listTools(undefined, { cacheMode: 'bypass' })
  return {
    format: 'roster.mcp.1',
    server: serverDigest(server),
    consent: { by, at: new Date(clock.now()).toISOString() },
    tools: Object.fromEntries(tools.map((tool) => [tool.name, pinOf(tool)])),
  }
}
