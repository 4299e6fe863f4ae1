import { isFailure, RosterError, type ErrorCode, type Json } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import type { InputOf, NamesOf, ResultOf } from './playbook-types.ts'

/** Where the bus is, and who one is on it. */
export interface BusOptions {
  /** Addresses, divided by commas; a user and a password may stand in the first. @defaultValue `NATS_URL` */
  readonly url?: string
  /** The name in the credential. */
  readonly as: string
  /** Text of the file that `roster credentials issue` prints; asked again at each connection, for it lives an hour. @defaultValue none */
  readonly credentials?: () => string
  /** How long nothing may be heard of a task before it is published again, in milliseconds. @defaultValue 3000 */
  readonly againAfterMs?: number
}

/** A task that was published over the bus. */
export interface BusTask<Output> {
  /** Its id, once it is accepted. @throws RosterError with the code, path and hint of what refused it. */
  id(): Promise<string>
  /** What it puts out; waits until it has ended. @throws RosterError with the code, path and hint of how else it ended. */
  result(): Promise<Output>
}

/** A team, as code that is nowhere near it uses it: over NATS, with nothing but a name and a credential. */
export interface BusClient<T extends TeamOf> extends AsyncDisposable {
  /** Publishes a task; resolves when the bus has it. The same key again is the same task, and it is published until its end is heard. */
  publish<Name extends NamesOf<T>>(
    playbook: Name,
    input: InputOf<T, Name>,
    options: { readonly idempotencyKey: string },
  ): Promise<BusTask<ResultOf<T, Name>>>
}

/**
 * Connects to a team over the bus.
 *
 * @throws RosterError `bus-unavailable`, `usage`
 * @example
 * await using shop = await connectBus(newsroom, { as: 'web-shop', credentials: () => readFileSync('web-shop.creds', 'utf8') })
 * const task = await shop.publish('brief', { topic: 'tides' }, { idempotencyKey: 'tides-1' })
 * const { text } = await task.result()
 */
export async function connectBus<T extends TeamOf>(team: T, options: BusOptions): Promise<BusClient<T>> {
  // Most who use a team never need NATS.
  const { openTaskClient } = await import('@roster/nats')
  const { url = process.env['NATS_URL'], as: name, credentials, againAfterMs } = options
  if (url === undefined || url === '')
    throw new RosterError('usage', 'no address of the bus is given', {
      path: 'url',
      hint: 'Give url, or set NATS_URL.',
    })
  const urls = url.split(',').map((text) => new URL(text.trim()))
  const { username: user = '', password: pass = '' } = urls[0] ?? {}
  const client = await openTaskClient({
    servers: urls.map(({ host }) => host),
    team: team.name,
    name,
    ...(credentials === undefined ? {} : { credentials }),
    ...(user === '' ? {} : { password: { user: decodeURIComponent(user), pass: decodeURIComponent(pass) } }),
    ...(againAfterMs === undefined ? {} : { againAfterMs }),
  })
  return {
    async publish(playbook, input, { idempotencyKey: key }) {
      const followed = await client.publish({ playbook, key, input: input as Json })
      const result = async (): Promise<never> => {
        const { status, outcome, error } = await followed.ended()
        if (status === 'done') return outcome as never
        const { code, message, ...detail } = isFailure(error)
          ? error
          : { code: 'failed', message: `the task ended as ${status}` }
        throw new RosterError(code as ErrorCode, message, detail)
      }
      // What is refused never gets an id: its end says why.
      return { id: async () => (await followed.accepted()) ?? (await result()), result }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
