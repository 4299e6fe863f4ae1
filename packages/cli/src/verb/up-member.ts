import { spawn } from 'node:child_process'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { CommandError } from '../failure/command-error.ts'
import { isRunning, type UpMember } from './up-state.ts'

/** How a member is started. */
export interface MemberStart {
  readonly role: 'host' | 'coordinator'
  readonly name: string
  readonly folder: string
  readonly team: string
  readonly hosts: number
  readonly env: NodeJS.ProcessEnv
}

/** How long a member may take to be ready, and how often its log is looked at, in milliseconds. */
const readyWithinMs = 60_000
const lookMs = 50

/** Starts a member as a process of its own, which goes on when this one ends; resolves when it is ready. */
export async function startMember({ role, name, folder, team, hosts, env }: MemberStart): Promise<UpMember> {
  const logs = join(folder, 'log')
  await mkdir(logs, { recursive: true, mode: 0o700 })
  const log = join(logs, `${name}.log`)
  await using file = await open(log, 'w', 0o600)
  const [program = ''] = process.argv.slice(1)
  const args = [program, role, '--name', name, '--hosts', `${hosts}`, '--team', team, '--folder', folder]
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', file.fd, file.fd] })
  child.unref()
  const { pid } = child
  if (pid === undefined) throw failed(name, log, 'it could not be started')
  for (let waited = 0; waited < readyWithinMs; waited += lookMs) {
    const text = await readFile(log, 'utf8')
    const ready = text.split('\n').find((line) => line.startsWith('{"type":"ready"'))
    if (ready !== undefined) return { role, name, pid, log, health: (JSON.parse(ready) as UpMember).health }
    if (child.exitCode !== null) throw failed(name, log, text.trim().split('\n').slice(-5).join('\n'))
    await delay(lookMs)
  }
  throw failed(name, log, `it was not ready within ${readyWithinMs / 1000} s`)
}

/** How long a member may take to drain, in milliseconds. */
const drainWithinMs = 20_000

/** Ends members in order, and those that do not end at once; answers how each ended. */
export async function endMembers(
  members: readonly UpMember[],
): Promise<readonly { readonly name: string; readonly ended: 'drained' | 'killed' | 'gone' }[]> {
  return await Promise.all(members.map(async (member) => ({ name: member.name, ended: await endMember(member) })))
}

async function endMember(member: UpMember): Promise<'drained' | 'killed' | 'gone'> {
  if (!(await isRunning(member))) return 'gone'
  process.kill(member.pid, 'SIGTERM')
  for (let waited = 0; waited < drainWithinMs; waited += lookMs) {
    if (!(await isRunning(member))) return 'drained'
    await delay(lookMs)
  }
  process.kill(member.pid, 'SIGKILL')
  return 'killed'
}

/** What a member says when its team may not be loaded: whoever starts it is to hear exactly that. */
const refusals = ['ready-unsigned', 'consent-missing', 'definition-changed']

function failed(name: string, log: string, because: string): CommandError {
  const refusal = refusals.find((code) => because.includes(`(${code})`))
  if (refusal !== undefined) return new CommandError(refusal, `${name} did not start: ${because}`, { path: log })
  return new CommandError('store-unavailable', `${name} did not start: ${because}`, {
    path: log,
    hint: 'Its log says more. `roster doctor` looks at the servers.',
  })
}
