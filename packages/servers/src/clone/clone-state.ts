import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { NatsSync } from '../nats/nats-config.ts'
import type { ProcessIdentity } from '../process/process-identity.ts'
import type { CloneServer } from './clone-server.ts'

/** A server's process as long as nobody stopped it in order. */
export interface KeptProcess extends ProcessIdentity {
  readonly origin: string
  readonly bin: string
  /** Whether our password opens nothing, because a configuration says who may connect. */
  readonly anonymous: boolean
}

/** What a clone remembers of a server, so that it has the same address and password the next time. */
export interface KeptServer {
  readonly port: number
  /** Of its web page; null where it has none. */
  readonly webPort: number | null
  readonly password: string
  readonly folder: string
  /** Null where it was stopped in order, or never started. */
  readonly process: KeptProcess | null
}

/** What was asked for at the last `up`. */
export interface CloneSettings {
  /** A file with configuration for NATS, appended to the server's own; null for none. */
  readonly natsConfig: string | null
  /** When NATS writes to the disk what it acknowledged. */
  readonly natsSync: NatsSync
  /** Search attributes of Temporal, `name=Type` each. */
  readonly searchAttributes: readonly string[]
}

/** Everything that a clone remembers of its servers, passwords included. */
export interface CloneState {
  readonly settings: CloneSettings
  readonly servers: Readonly<Partial<Record<CloneServer, KeptServer>>>
}

const fileIn = (folder: string): string => join(folder, 'servers.json')

/** What is remembered in this folder. */
export async function readState(folder: string): Promise<CloneState> {
  const file = fileIn(folder)
  if (!existsSync(file))
    return { settings: { natsConfig: null, natsSync: 'interval', searchAttributes: [] }, servers: {} }
  return JSON.parse(await readFile(file, 'utf8')) as CloneState
}

/** Remembers it, for the owner of the folder alone; an interrupt leaves the old state or the new. */
export async function writeState(folder: string, state: CloneState): Promise<void> {
  const file = fileIn(folder)
  await writeFile(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** The state with one server's part exchanged. */
export function withServer(state: CloneState, name: CloneServer, kept: KeptServer): CloneState {
  return { ...state, servers: { ...state.servers, [name]: kept } }
}
