import { spawn, type ChildProcess } from 'node:child_process'

import { ReadBuffer, serializeMessage, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/client'

import type { Confined } from '../process/confinement.ts'

/** The longest message that is read, in bytes. */
const maxMessageBytes = 4 * 1024 * 1024

/**
 * Speaks with a server over the standard input and output of a process that is held. The SDK's own transport gives the process a part of this
 * one's environment, home included; this one gives it nothing but what was granted.
 */
export class ConfinedStdioTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: NonNullable<Transport['onmessage']>
  readonly #confined: Confined
  readonly #buffer = new ReadBuffer({ maxBufferSize: maxMessageBytes })
  #child: ChildProcess | undefined

  constructor(confined: Confined) {
    this.#confined = confined
  }

  async start(): Promise<void> {
    const { command, args, env } = this.#confined
    const child = spawn(command, args, { env, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] })
    this.#child = child
    child.stdin.on('error', (error) => this.onerror?.(error))
    child.stdout.on('data', (chunk: Buffer) => this.#read(chunk))
    child.on('close', () => this.onclose?.())
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const pipe = this.#child?.stdin
    if (pipe === null || pipe === undefined || !pipe.writable) throw new Error('the server has ended')
    await new Promise<void>((resolve, reject) =>
      pipe.write(serializeMessage(message), (error) =>
        error === null || error === undefined ? resolve() : reject(error),
      ),
    )
  }

  async close(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  #read(chunk: Buffer): void {
    try {
      this.#buffer.append(chunk)
      for (let message = this.#buffer.readMessage(); message !== null; message = this.#buffer.readMessage())
        this.onmessage?.(message)
    } catch (error) {
      // What a server says that is no message ends it: nothing after it can be trusted to begin where a message begins.
      this.onerror?.(error as Error)
      void this.close()
    }
  }
}
