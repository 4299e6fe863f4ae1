import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

import { RosterError } from '@roster/core'

import { logEnd, logSince } from './log-end.ts'
import { identityOf, isRunning, type ProcessIdentity } from './process-identity.ts'
import type { ServerCommand } from './supervisor-protocol.ts'

const POLL_MS = 50
const READY_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 15_000

/** A server that is to go on after this process ended. */
export interface DetachedStart {
  readonly name: string
  readonly command: ServerCommand
  /** What it prints is appended to this file, which its user alone may read. */
  readonly log: string
  /** Called as soon as there is a process, so that it is known whatever happens next. */
  readonly onSpawned: (process: ProcessIdentity) => Promise<void>
}

/** Starts a server that this process does not hold, in a session of its own, and returns when it serves. */
export async function startDetached({ name, command, log, onSpawned }: DetachedStart): Promise<void> {
  const { program, args, cwd, env, user, readyText } = command
  const output = openSync(log, 'a', 0o600)
  const before = statSync(log).size
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', output, output], detached: true, ...user })
  closeSync(output)
  child.unref()
  await once(child, 'spawn').catch((error: unknown) => {
    throw unstarted(name, String(error))
  })
  // Undefined where it ended at once.
  const identity = identityOf(child.pid ?? 0)
  if (identity !== undefined) {
    await onSpawned(identity)
    if (await hasPrinted(readyText ?? '', { log, before, identity })) return
    await stopProcess(identity, 'SIGKILL')
  }
  throw unstarted(name, logEnd(log, before))
}

interface Watched {
  readonly log: string
  /** How long the log was when the process was started, in bytes. */
  readonly before: number
  readonly identity: ProcessIdentity
}

/** Waits until a process has printed a text; false where it ends first, or takes longer than a minute. */
async function hasPrinted(text: string, { log, before, identity }: Watched): Promise<boolean> {
  for (let waited = 0; waited < READY_WITHIN_MS && isRunning(identity); waited += POLL_MS) {
    if (logSince(log, before).includes(text)) return true
    await delay(POLL_MS)
  }
  return false
}

function unstarted(name: string, output: string): RosterError {
  return new RosterError('server-failed', `${name} did not start. The end of its log:\n${output}`, {
    hint: `The whole log: roster servers logs ${name}. Data that another version wrote: roster servers wipe.`,
  })
}

/** Ends a process, by force where it takes longer than a quarter of a minute. Another process that has its id by now is not touched. */
export async function stopProcess(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<void> {
  for (const sent of [signal, 'SIGKILL'] as const) {
    if (!isRunning(identity)) return
    process.kill(identity.pid, sent)
    for (let waited = 0; waited < STOP_WITHIN_MS && isRunning(identity); waited += POLL_MS) await delay(POLL_MS)
  }
}
