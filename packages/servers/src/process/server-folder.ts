import { chown, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isReachableByOthers, type ServerUser } from './server-user.ts'

/** A new folder that belongs to the server's user, readable by nobody else. */
export async function createServerFolder(name: string, user: ServerUser | undefined): Promise<string> {
  if (user === undefined) return await mkdtemp(join(tmpdir(), `roster-${name}-`))
  // The folder for temporary files of a root process is often below a home that the server's user cannot enter.
  const base = isReachableByOthers(tmpdir()) ? tmpdir() : '/tmp'
  const folder = await mkdtemp(join(base, `roster-${name}-`))
  await chown(folder, user.uid, user.gid)
  return folder
}
