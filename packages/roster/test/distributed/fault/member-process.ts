import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../../../../..')

type Line = Readonly<Record<string, unknown>> & { readonly type: string }

/** A host or a coordinator as the process that an operator starts. */
export class MemberProcess implements AsyncDisposable {
  readonly name: string
  readonly lines: Line[] = []
  readonly #child: ChildProcess
  readonly #exited: Promise<unknown>
  #errors = ''

  private constructor(role: 'host' | 'coordinator', env: Readonly<Record<string, string>>) {
    this.name = env['ROSTER_NAME'] ?? role
    const program = join(root, 'services', role, 'src/main.ts')
    this.#child = spawn(process.execPath, [program], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#exited = once(this.#child, 'exit')
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
  }

  /** Starts one; resolves when it is ready. */
  static async start(role: 'host' | 'coordinator', env: Readonly<Record<string, string>>): Promise<MemberProcess> {
    const member = new MemberProcess(role, env)
    const ready = Promise.withResolvers<void>()
    void member.#follow((line) => {
      if (line.type === 'ready') ready.resolve()
    })
    const died = member.#exited.then(() => {
      throw new Error(`${member.name} did not start: ${member.#errors}${JSON.stringify(member.lines.at(-1))}`)
    })
    await Promise.race([ready.promise, died])
    return member
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  count(type: string): number {
    return this.lines.filter((line) => line.type === type).length
  }

  /** How many partitions it says that it has. */
  async partitions(): Promise<number> {
    const ready = this.lines.find(({ type }) => type === 'ready')
    const told = (await (await fetch(ready?.['health'] as string)).json()) as {
      readonly facts: { readonly partitions: number }
    }
    return told.facts.partitions
  }

  /** Sends a signal and does not wait. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Ends it by a signal; answers the exit code, `null` if the signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.running) this.#child.kill(signal)
    await this.#exited
    return this.#child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL')
  }

  async #follow(heard: (line: Line) => void): Promise<void> {
    if (this.#child.stdout === null) return
    for await (const text of createInterface({ input: this.#child.stdout })) {
      const line = JSON.parse(text) as Line
      this.lines.push(line)
      heard(line)
    }
  }
}
