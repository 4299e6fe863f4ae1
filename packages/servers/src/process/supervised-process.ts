import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RosterError } from '@roster/core'
import type { ServerCommand, SupervisorReport, SupervisorRequest } from './supervisor-protocol.ts'

// The same file is `.ts` in the workspace and `.js` once published.
const supervisorFile = new URL(`./supervisor${extname(fileURLToPath(import.meta.url))}`, import.meta.url)

/**
 * A server's process, held by a supervisor that ends it and removes its folder when this process goes away, however that happens.
 * Disposing of it returns when nothing is left running.
 */
export class SupervisedProcess implements AsyncDisposable {
  readonly #supervisor: ChildProcess
  #running = false

  constructor(folder: string) {
    const { NODE_OPTIONS: _, ...env } = process.env
    this.#supervisor = fork(supervisorFile, {
      detached: true,
      env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    // A test run that ends must not wait for its servers: the supervisor sees the channel close.
    this.#supervisor.unref()
    this.#supervisor.channel?.unref()
    // Also when it ends by itself: then there is nothing to wait for later.
    this.#supervisor.on('message', (report: SupervisorReport) => {
      this.#running = report.kind === 'ready'
    })
    this.#ask({ kind: 'remove-at-end', folder })
  }

  /** Runs a program that prepares the server to its end. */
  async run(command: ServerCommand): Promise<void> {
    this.#ask({ kind: 'start', command })
    const report = await this.#nextReport()
    if (report.kind === 'exited' && report.code === 0) return
    throw new RosterError(
      'server-failed',
      `${command.program} failed:\n${report.kind === 'exited' ? report.output : ''}`,
    )
  }

  /** Starts the server and returns when it serves. */
  async start(command: ServerCommand): Promise<void> {
    this.#ask({ kind: 'start', command })
    const report = await this.#nextReport()
    if (report.kind === 'exited')
      throw new RosterError('server-failed', `${command.program} ended before it was ready:\n${report.output}`)
  }

  /** Sends the signal and returns when the server's process is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.#running) return
    this.#ask({ kind: 'signal', signal })
    await this.#nextReport()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#supervisor.exitCode !== null || this.#supervisor.signalCode !== null) return
    const exit = once(this.#supervisor, 'exit')
    this.#supervisor.ref()
    if (this.#supervisor.connected) this.#supervisor.disconnect()
    await exit
  }

  #ask(request: SupervisorRequest): void {
    this.#supervisor.send(request)
  }

  async #nextReport(): Promise<SupervisorReport> {
    this.#supervisor.channel?.ref()
    const lost = new AbortController()
    const onExit = (): void =>
      lost.abort(new RosterError('server-failed', 'The supervisor of the server ended; see its message above.'))
    this.#supervisor.once('exit', onExit)
    try {
      const [report] = (await once(this.#supervisor, 'message', { signal: lost.signal })) as [SupervisorReport]
      return report
    } finally {
      this.#supervisor.off('exit', onExit)
      this.#supervisor.channel?.unref()
    }
  }
}
