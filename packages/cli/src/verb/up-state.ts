import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A process of a team that runs over the servers. */
export interface UpMember {
  readonly role: 'host' | 'coordinator'
  readonly name: string
  readonly pid: number
  readonly log: string
  readonly health: string
}

const fileOf = (folder: string): string => join(folder, 'up.json')

/** The processes that `roster up` started in a folder. */
export async function readUp(folder: string): Promise<readonly UpMember[]> {
  const text = await readFile(fileOf(folder), 'utf8').catch(() => '[]')
  return JSON.parse(text) as readonly UpMember[]
}

/** Keeps which processes were started. */
export async function writeUp(folder: string, members: readonly UpMember[]): Promise<void> {
  await writeFile(fileOf(folder), `${JSON.stringify(members, null, 2)}\n`, { mode: 0o600 })
}

/** Forgets them. */
export async function removeUp(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true })
}

/** Whether the process is still the member that was started: its number alone may be somebody else's by now. */
export async function isRunning({ pid, name }: UpMember): Promise<boolean> {
  return (await commandLine(pid)).includes(name)
}

async function commandLine(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    const { stdout } = await promisify(execFile)('ps', ['-p', `${pid}`, '-o', 'args=']).catch(() => ({ stdout: '' }))
    return stdout
  }
}

/** What a member says of itself; undefined if it does not answer within two seconds. */
export async function healthOf({ health }: UpMember): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const response = await fetch(health, { signal: AbortSignal.timeout(2000) })
    return (await response.json()) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}
