import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { cloneStatus, cloneWipe, type ServerStatus } from '../../src/index.ts'

/** The folder of the servers of a clone; disposing of it ends and removes them, however its test ended. */
export interface Clone extends AsyncDisposable {
  readonly folder: string
  status(secrets?: boolean): Promise<Readonly<Record<string, ServerStatus>>>
}

/** No variable names a server. */
export const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }

export async function newClone(): Promise<Clone> {
  const root = await mkdtemp(join(tmpdir(), 'roster-clone-'))
  const folder = join(root, '.roster', 'servers')
  return {
    folder,
    async status(secrets = true) {
      return Object.fromEntries((await cloneStatus(folder, env, { secrets })).map((status) => [status.name, status]))
    },
    async [Symbol.asyncDispose]() {
      await cloneWipe(folder)
      await rm(root, { recursive: true, force: true })
    },
  }
}
