import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'

import { RosterError } from '@roster/core'

import { startDetached } from '../process/detached-process.ts'
import { freePort, isFree } from '../process/free-port.ts'
import { patiently } from '../process/patiently.ts'
import { isRunning, type ProcessIdentity } from '../process/process-identity.ts'
import { makeCloneFolder, makeServerFolder } from './clone-folder.ts'
import { whileLocked } from './clone-lock.ts'
import type { CloneServer } from './clone-server.ts'
import { type CloneSettings, type KeptServer, readState, withServer, writeState } from './clone-state.ts'
import { logOf } from './clone-status.ts'
import { recipes } from './recipes.ts'

/** What is to be started, and how. */
export interface UpOptions {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly servers: readonly CloneServer[]
  /** What is left out stays as it was at the last time. */
  readonly settings?: Partial<CloneSettings>
  readonly signal?: AbortSignal
  /** Hears what is under way with which server. */
  readonly onProgress?: (name: CloneServer, sentence: string) => void
}

/**
 * Starts the servers that do not run yet; they go on when this process ends. Each has the port, the password and the data of the last time; a
 * port that somebody else took since is exchanged for a free one. A server that a variable names is none of ours: nothing is started for it.
 * Fails with `server-missing` or `server-failed`; what was started before stays.
 */
export async function cloneUp(options: UpOptions): Promise<void> {
  const { folder, env, servers, settings = {}, signal, onProgress = () => {} } = options
  await makeCloneFolder(folder)
  await whileLocked(folder, async () => {
    const state = await readState(folder)
    await writeState(folder, { ...state, settings: { ...state.settings, ...settings } })
    for (const name of servers) {
      if (signal?.aborted === true) throw new RosterError('cancelled', 'Interrupted while servers were started.')
      if (!env[recipes[name].variable]) await startOne(folder, name, (sentence) => onProgress(name, sentence))
    }
  })
}

async function startOne(folder: string, name: CloneServer, onProgress: (sentence: string) => void): Promise<void> {
  const { title, prepare } = recipes[name]
  const { settings, servers } = await readState(folder)
  const known = servers[name]
  if (known?.process) {
    if (isRunning(known.process)) return
    onProgress(`${title} had ended by itself`)
  }
  const keep = async (kept: KeptServer): Promise<void> =>
    await writeState(folder, withServer(await readState(folder), name, kept))
  const kept = known === undefined ? await newServer(folder, name) : await again(folder, name, known)
  await keep(kept)
  const { command, origin, bin, anonymous = false } = await prepare({ folder, kept, settings, onProgress })
  onProgress(`Starting ${title}`)
  const onSpawned = async (identity: ProcessIdentity): Promise<void> =>
    await keep({ ...kept, process: { ...identity, origin, bin, anonymous } })
  try {
    await patiently(() => startDetached({ name, command, log: logOf(folder, name), onSpawned }))
  } catch (error) {
    await keep(kept)
    throw error
  }
}

async function newServer(folder: string, name: CloneServer): Promise<KeptServer> {
  const { hasWebPage, needsOtherUser } = recipes[name]
  return {
    port: await freePort(),
    webPort: hasWebPage ? await freePort() : null,
    password: randomBytes(16).toString('hex'),
    folder: await makeServerFolder(folder, name, needsOtherUser),
    process: null,
  }
}

/** The same server as the last time, as far as that can be had. */
async function again(folder: string, name: CloneServer, known: KeptServer): Promise<KeptServer> {
  return {
    ...known,
    port: await portFor(known.port),
    webPort: known.webPort === null ? null : await portFor(known.webPort),
    folder: existsSync(known.folder)
      ? known.folder
      : await makeServerFolder(folder, name, recipes[name].needsOtherUser),
    process: null,
  }
}

async function portFor(last: number): Promise<number> {
  return (await isFree(last)) ? last : await freePort()
}
