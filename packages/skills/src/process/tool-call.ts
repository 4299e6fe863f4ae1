import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'

import type { Failure } from '@roster/core'

import { parsed } from '../json/parsed.ts'
import { frame, frameReader } from './frames.ts'
import { fromChild, type FromChild, type ToChild } from './protocol.ts'
import type { ProcessCall, ProcessOutcome } from './tool-process.ts'

const maxFrameBytes = 4 * 1024 * 1024
const maxAnswerBytes = 1024 * 1024
const maxDepth = 256
/** Characters of what a process says of its end that are kept. */
const maxWords = 500

/**
 * One call in one process.
 *
 * T1 It has one result; then the process is ended whatever it does.
 * T2 Nothing that the process says is believed unchecked.
 */
export class ToolCall {
  readonly result: Promise<ProcessOutcome['result']>
  readonly #child: ChildProcess
  readonly #call: ProcessCall
  readonly #limit: NodeJS.Timeout
  readonly #withdrawn = (): void => this.#fail({ code: 'cancelled', message: 'the call was withdrawn' })
  #resolve: (result: ProcessOutcome['result']) => void = () => {}
  #words = ''

  constructor(child: ChildProcess, call: ProcessCall, timeMs: number) {
    this.#child = child
    this.#call = call
    this.result = new Promise((resolve) => (this.#resolve = resolve))
    this.#limit = setTimeout(
      () => this.#fail({ code: 'timeout', message: `it did not end within ${timeMs} ms` }),
      timeMs,
    )
    if (call.signal.aborted) this.#withdrawn()
    call.signal.addEventListener('abort', this.#withdrawn)
    this.#listen()
    const { input, secrets, idempotencyKey, task } = call
    this.#tell(['run', { input, secrets, idempotencyKey, task }])
  }

  #listen(): void {
    const child = this.#child
    const answers = child.stdio[3] as Readable
    answers.on(
      'data',
      frameReader(maxFrameBytes, (message) => this.#heard(fromChild(message))),
    )
    child.stderr?.on('data', (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-maxWords)))
    const ended = (): void => this.#fail({ code: 'tool-failed', message: `its process ended: ${this.#words.trim()}` })
    // Writing to a process that has ended is an error of the pipe; the end itself is told by the process.
    for (const pipe of [child.stdin, answers]) pipe?.on('error', () => {})
    child.on('error', (error) => this.#fail({ code: 'place-unavailable', message: error.message }))
    child.on('close', ended)
  }

  #heard(message: FromChild | undefined): void {
    if (message?.[0] === 'document') void this.#document(message)
    else if (message?.[0] === 'done') this.#end(parsed(message[1], maxAnswerBytes, maxDepth))
    else if (message?.[0] === 'failed') this.#fail({ code: message[1], message: message[2] })
    else this.#fail({ code: 'tool-failed', message: 'its process said what no tool says' })
  }

  async #document([, id, hash]: Extract<FromChild, readonly ['document', ...unknown[]]>): Promise<void> {
    try {
      const document = await this.#call.document(hash)
      this.#tell(['document', id, document === undefined ? null : Buffer.from(document).toString('base64')])
    } catch {
      this.#tell(['document', id, null])
    }
  }

  #tell(message: ToChild): void {
    this.#child.stdin?.write(frame(message))
  }

  #fail({ code, message }: Failure): void {
    this.#end({ ok: false, failure: { code: code.slice(0, 64), message: message.slice(0, maxWords).toWellFormed() } })
  }

  #end(result: ProcessOutcome['result']): void {
    clearTimeout(this.#limit)
    this.#call.signal.removeEventListener('abort', this.#withdrawn)
    this.#child.kill('SIGKILL')
    this.#resolve(result)
  }
}
