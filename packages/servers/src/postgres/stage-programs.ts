import { constants, existsSync } from 'node:fs'
import { chmod, cp, readdir, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PostgresPrograms } from './postgres-programs.ts'
import { isReachableByOthers, type ServerUser } from '../process/server-user.ts'

interface PackagedLink {
  readonly source: string
  readonly target: string
}

/** What the package's own installation script does, which the workspace does not let run: npm packages carry no symbolic links. */
async function restoreLinks(packaged: string): Promise<void> {
  const list = join(packaged, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly PackagedLink[]
  for (const { source, target } of links) {
    const path = join(dirname(packaged), target)
    if (!existsSync(path)) await symlink(basename(source), path).catch(ignoreExisting)
  }
  const bin = join(packaged, 'bin')
  for (const program of await readdir(bin)) await chmod(join(bin, program), 0o755)
}

// Two processes may restore the same link.
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

/** Copies what a server needs of the package to where its user can read it; libraries for linking stay behind. */
async function copyPrograms(packaged: string, folder: string): Promise<string> {
  const copy = join(folder, 'programs')
  await cp(packaged, copy, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !path.endsWith('.a'),
  })
  await chmod(copy, 0o755)
  return join(copy, 'bin')
}

/** Makes the programs ready to be run by the server's user, and answers the folder they are in. */
export async function stagePrograms(
  programs: PostgresPrograms,
  folder: string,
  user: ServerUser | undefined,
): Promise<string> {
  const { bin, packaged } = programs
  if (packaged === undefined) return bin
  await restoreLinks(packaged)
  // A clone is often below a home that another user cannot enter.
  return user === undefined || isReachableByOthers(bin) ? bin : await copyPrograms(packaged, folder)
}
