import { execFile } from 'node:child_process'

import type { Grants } from './confinement.ts'

/** Whether this machine lets bubblewrap do its work; if not, why. */
export type Bubblewrap = { readonly found: true } | { readonly found: false; readonly reason: string }

let answer: Promise<Bubblewrap> | undefined

/** Looks once whether bubblewrap is installed and may make namespaces here: some containers forbid it. */
export function findBubblewrap(): Promise<Bubblewrap> {
  answer ??= new Promise((resolve) => {
    const args = ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--dev', '/dev', 'true']
    execFile('bwrap', args, { timeout: 5000 }, (error, _, stderr) => {
      if (error === null) resolve({ found: true })
      else if (error.code === 'ENOENT') resolve({ found: false, reason: 'bubblewrap is not installed' })
      else resolve({ found: false, reason: `bubblewrap cannot work here: ${stderr.trim().slice(0, 200)}` })
    })
  })
  return answer
}

const libraries = ['/lib', '/lib32', '/lib64', '/usr/lib', '/usr/lib32', '/usr/lib64']
const programs = ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local', '/usr/share', '/etc/alternatives']
const network = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', '/etc/ssl', '/etc/pki', '/etc/ca-certificates']

/** Nobody, in a user namespace of its own. */
const nobody = '65534'

/**
 * A command under bubblewrap: no network, no home, no processes of others, an empty folder to write to (`/tmp`, in memory), the environment
 * that is granted and no other, and the end of this process is its end.
 */
export function bubblewrapped(command: readonly string[], grants: Grants): readonly string[] {
  const system = [
    ...libraries,
    ...(grants.programs === true ? programs : []),
    ...(grants.network === true ? network : []),
  ]
  return [
    'bwrap',
    '--unshare-all',
    ...(grants.network === true ? ['--share-net'] : []),
    '--die-with-parent',
    '--new-session',
    '--uid',
    nobody,
    '--gid',
    nobody,
    '--cap-drop',
    'ALL',
    '--hostname',
    'confined',
    '--clearenv',
    ...Object.entries(grants.env ?? {}).flatMap(([name, value]) => ['--setenv', name, value]),
    ...system.flatMap((path) => ['--ro-bind-try', path, path]),
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    ...grants.read.flatMap(({ from, to = from }) => ['--ro-bind', from, to]),
    '--chdir',
    '/tmp',
    '--',
    ...command,
  ]
}
