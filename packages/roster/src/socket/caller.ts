import { once } from 'node:events'
import type { Socket } from 'node:net'

import { RosterError, type ErrorCode } from '@roster/core'

import { lines } from './lines.ts'
import { maxAnswerBytes, maxRequestBytes, parseAnswer, type Answer } from './wire.ts'

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** The client's end of a connection: pairs answers with the calls that wait for them. */
export class Caller {
  readonly #socket: Socket
  readonly #token: string
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0
  #lost: Error | undefined

  constructor(socket: Socket, token: string) {
    this.#socket = socket
    this.#token = token
    void this.#listen()
  }

  /** Calls an operation and waits for its answer, however long it takes. */
  async call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#lost !== undefined) throw this.#lost
    const id = ++this.#calls
    const line = JSON.stringify({ id, token: this.#token, method, args: withoutTrailingUndefined(args) })
    if (Buffer.byteLength(line) > maxRequestBytes)
      throw new RosterError('message-too-large', `the arguments of ${method} are too large for one message`, {
        hint: 'A document may have 64 MB.',
      })
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    this.#socket.write(`${line}\n`)
    return answer.promise
  }

  async end(): Promise<void> {
    this.#lost ??= new RosterError('usage', 'the connection to the team was closed by this process')
    if (this.#socket.closed) return
    const closed = once(this.#socket, 'close')
    this.#socket.destroySoon()
    await closed
  }

  async #listen(): Promise<void> {
    try {
      for await (const line of lines(this.#socket, maxAnswerBytes)) this.#take(parseAnswer(line))
      this.#lose()
    } catch (error) {
      this.#lose(error)
    }
  }

  #take(answer: Answer | undefined): void {
    if (answer === undefined) throw new RosterError('internal', 'a line on the socket is no answer')
    if (answer.id === null)
      throw 'error' in answer ? errorOf(answer.error) : new RosterError('internal', 'an answer has no id')
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(errorOf(answer.error))
    else waiting?.resolve(answer.result)
  }

  /** Everything that still waits fails: with what the server said last, or because it is gone. */
  #lose(cause?: unknown): void {
    this.#lost ??= cause instanceof RosterError ? cause : gone(cause)
    for (const { reject } of this.#waiting.values()) reject(this.#lost)
    this.#waiting.clear()
    this.#socket.destroy()
  }
}

function gone(cause: unknown): RosterError {
  return new RosterError('store-unavailable', 'the process that holds the folder ended before it answered', {
    hint: 'Run the same command again: nothing is done twice.',
    retryable: true,
    cause,
  })
}

function errorOf({ code, message, path, hint, retryable }: Extract<Answer, { error: unknown }>['error']): RosterError {
  return new RosterError(code as ErrorCode, message, {
    ...(path === undefined ? {} : { path }),
    ...(hint === undefined ? {} : { hint }),
    ...(retryable === true ? { retryable } : {}),
  })
}

/** JSON has no undefined: a missing last argument stays missing and does not become null. */
function withoutTrailingUndefined(args: readonly unknown[]): readonly unknown[] {
  return args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1)
}
