import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { NewPending } from '@roster/core'
import type { CrashOrders } from '@roster/testing'

const program = fileURLToPath(new URL('killed-worker.ts', import.meta.url))

/** What a worker's process is told. */
export interface WorkerOrders {
  readonly address: string
  readonly databaseUrl: string
  readonly tenant: string
  readonly taskQueue: string
  /** At which append it dies by itself. @defaultValue none */
  readonly orders?: CrashOrders
  /** Is handed what it sends to colleagues, whom somebody else hosts. */
  readonly deliver: (rows: readonly NewPending[]) => void
}

/** A worker in a process of its own, to be killed. */
export class WorkerProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  /** Which signal ended it. */
  readonly ended: Promise<NodeJS.Signals | null>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  }

  /** Starts one; resolves when it takes work. */
  static async start({ deliver, orders = {}, ...given }: WorkerOrders): Promise<WorkerProcess> {
    const { address, databaseUrl, tenant, taskQueue } = given
    const args = [program, address, databaseUrl, tenant, taskQueue, JSON.stringify(orders)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const worker = new WorkerProcess(child)
    const ready = Promise.withResolvers<void>()
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') ready.resolve()
      else deliver(JSON.parse(line) as readonly NewPending[])
    })
    await Promise.race([ready.promise, worker.ended])
    return worker
  }

  /** As with `kill -9`. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill()
  }
}
