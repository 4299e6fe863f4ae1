import { chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { isReachableByOthers, userForServers } from '../process/server-user.ts'
import type { CloneServer } from './clone-server.ts'

/** Where a folder is made that another user has to reach and that is still there after the machine was started again. */
const REACHABLE = '/var/tmp'

/** Makes the folder of a clone's servers. As root others may pass through it, because PostgreSQL runs as another user; nothing in it is readable. */
export async function makeCloneFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: userForServers() === undefined ? 0o700 : 0o711 })
}

/**
 * Makes the folder of one server: in the clone's, or, where another user has to reach it and cannot because the clone is below somebody's home,
 * a new one in `/var/tmp`.
 */
export async function makeServerFolder(folder: string, name: CloneServer, otherUser: boolean): Promise<string> {
  const user = otherUser ? userForServers() : undefined
  const inside = join(folder, name)
  if (user === undefined || isReachableByOthers(folder)) await mkdir(inside, { recursive: true, mode: 0o700 })
  const own =
    user === undefined || isReachableByOthers(folder) ? inside : await mkdtemp(join(REACHABLE, `roster-${name}-`))
  if (user !== undefined) await chown(own, user.uid, user.gid)
  return own
}

/** Removes a server's folder, wherever it is, unless a link was put in its place. */
export async function removeServerFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined)
  if (found?.isDirectory() === true) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
