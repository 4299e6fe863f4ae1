import { rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'

import { logEnd } from '../process/log-end.ts'
import { isRunning } from '../process/process-identity.ts'
import { stopProcess } from '../process/detached-process.ts'
import { removeServerFolder } from './clone-folder.ts'
import { whileLocked } from './clone-lock.ts'
import { type CloneServer, cloneServers } from './clone-server.ts'
import { readState, withServer, writeState } from './clone-state.ts'
import { logOf } from './clone-status.ts'
import { recipes } from './recipes.ts'

/** What became of the servers of a clone. */
export interface Stopped {
  readonly stopped: readonly CloneServer[]
  /** Those that had ended by themselves, with the end of their log. */
  readonly died: readonly { readonly name: CloneServer; readonly lastOutput: string }[]
}

/**
 * Ends the servers that this clone started, or some of them, and returns when their processes are gone. Data, passwords and ports stay.
 *
 * @param servers @defaultValue all
 */
export async function cloneDown(folder: string, servers: readonly CloneServer[] = cloneServers): Promise<Stopped> {
  if (!existsSync(folder)) return { stopped: [], died: [] }
  return await whileLocked(folder, async () => await stopAll(folder, servers))
}

/** Ends the servers, and removes their data, logs and passwords. */
export async function cloneWipe(folder: string): Promise<Stopped> {
  if (!existsSync(folder)) return { stopped: [], died: [] }
  const done = await whileLocked(folder, async () => {
    const stopped = await stopAll(folder, cloneServers)
    const { servers } = await readState(folder)
    for (const kept of Object.values(servers)) await removeServerFolder(kept.folder)
    return stopped
  })
  await rm(folder, { recursive: true, force: true })
  return done
}

async function stopAll(folder: string, servers: readonly CloneServer[]): Promise<Stopped> {
  const stopped: CloneServer[] = []
  const died: { name: CloneServer; lastOutput: string }[] = []
  // Whoever uses another is ended first.
  for (const name of cloneServers.toReversed().filter((one) => servers.includes(one))) {
    const state = await readState(folder)
    const kept = state.servers[name]
    if (!kept?.process) continue
    if (isRunning(kept.process)) {
      await stopProcess(kept.process, recipes[name].stopSignal)
      stopped.push(name)
    } else died.push({ name, lastOutput: logEnd(logOf(folder, name)) })
    await writeState(folder, withServer(state, name, { ...kept, process: null }))
  }
  return { stopped, died }
}
