import { createHash, timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'

import { failureOf, isRosterError, RosterError, type Json } from '@roster/core'

import type { Operations } from '../client/operations.ts'
import { lines } from './lines.ts'
import { isOperation } from './methods.ts'
import { maxAnswerBytes, maxRequestBytes, parseRequest, type Answer, type Request } from './wire.ts'

/** What a session serves, and to whom. */
export interface Served {
  readonly operations: Operations
  readonly token: string
  /** Told of every request as it begins, so that the server can wait for what is under way. */
  readonly begun: (work: Promise<void>) => void
}

/**
 * One client's connection, until it ends. Requests are answered as they are done, in any order.
 *
 * - S1 nothing is called for a request without the token; the connection ends with the refusal
 * - S2 only methods of Operations are called
 * - S3 whatever is thrown is answered as a failure; the server goes on
 */
export async function serveSession(socket: Socket, served: Served): Promise<void> {
  socket.on('error', () => socket.destroy())
  try {
    // Not destroyed where the loop is left: the refusal has yet to be sent.
    for await (const line of lines(socket.iterator({ destroyOnReturn: false }), maxRequestBytes)) {
      const request = parseRequest(line)
      if (request === undefined)
        throw new RosterError('usage', 'a line on the socket is no request', {
          hint: 'Is the client of the same version as the team?',
        })
      if (!isSame(request.token, served.token))
        throw new RosterError('denied', 'the token on the socket is wrong', {
          hint: 'It is in socket.json in the folder; the team may have been started again.',
        })
      served.begun(answerTo(request, served.operations).then((answer) => send(socket, answer)))
    }
    socket.end()
  } catch (error) {
    send(socket, { id: null, error: failureOf(error, 'internal') })
    socket.destroySoon()
  }
}

async function answerTo({ id, method, args }: Request, operations: Operations): Promise<Answer> {
  try {
    if (!isOperation(method)) throw new RosterError('usage', `there is no operation "${method.slice(0, 100)}"`)
    const call = operations[method] as (...args: readonly Json[]) => Promise<unknown>
    const result = await call.apply(operations, [...args])
    return { id, result: (result ?? null) as Json }
  } catch (error) {
    return {
      id,
      error: {
        ...failureOf(error, 'internal'),
        ...(isRosterError(error) && error.retryable ? { retryable: true } : {}),
      },
    }
  }
}

function send(socket: Socket, answer: Answer): void {
  if (socket.writable) socket.write(`${asLine(answer)}\n`)
}

function asLine(answer: Answer): string {
  try {
    const line = JSON.stringify(answer)
    if (Buffer.byteLength(line) <= maxAnswerBytes) return line
  } catch {
    // Longer than any text can be: the same answer as for one that is only too long for the socket.
  }
  const error = failureOf(
    new RosterError('message-too-large', 'the answer is too large for one message', {
      hint: 'Ask for one task at a time.',
    }),
  )
  return JSON.stringify({ id: answer.id, error })
}

/** In constant time, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}
