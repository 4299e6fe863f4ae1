import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user a server runs as. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

function userNamed(name: string, passwd: string): ServerUser | undefined {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':')
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) }
}

/**
 * The user under which a server is started by a process of root, because PostgreSQL refuses to run as root.
 * Undefined where this process is not root: the server is then this user's own.
 */
export function userForServers(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const passwd = readFileSync('/etc/passwd', 'utf8')
  return userNamed('nobody', passwd) ?? userNamed('postgres', passwd) ?? { uid: 65_534, gid: 65_534 }
}

/** Whether a user who owns none of it can reach this path: each folder above lets everybody through. */
export function isReachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
