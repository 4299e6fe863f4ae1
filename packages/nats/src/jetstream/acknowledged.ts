import { createInbox, type Msg, type NatsConnection } from '@nats-io/nats-core'

type Heard = (stored: boolean) => void

/** What JetStream answers instead of an acknowledgement. */
const failure = Buffer.from('{"error"')

/**
 * Publishes to JetStream and hears what it acknowledges, many at once and cheaply: the library's own publish is a request with a timer and
 * headers for each.
 *
 * Y1 One subscription hears all acknowledgements, and one timer gives up on those that do not come: after one to two times the patience.
 */
export class Acknowledged {
  readonly #connection: NatsConnection
  readonly #inbox: string
  readonly #timer: NodeJS.Timeout
  #waiting = new Map<string, Heard>()
  #longer = new Map<string, Heard>()
  #count = 0

  /** `inboxPrefix` is where the connection may hear replies. @defaultValue that of the library */
  constructor(connection: NatsConnection, patienceMs: number, inboxPrefix?: string) {
    this.#connection = connection
    this.#inbox = createInbox(inboxPrefix)
    connection.subscribe(`${this.#inbox}.*`, { callback: (_, message) => this.#hear(message) })
    this.#timer = setInterval(() => this.#giveUp(), patienceMs)
    this.#timer.unref()
  }

  /** Publishes; answers whether JetStream said that it has it. A connection that is lost, or closed, is no error here. */
  publish(subject: string, text: string): Promise<boolean> {
    return new Promise((resolve) => {
      const number = (this.#count += 1).toString(36)
      try {
        this.#connection.publish(subject, text, { reply: `${this.#inbox}.${number}` })
        this.#waiting.set(number, resolve)
      } catch {
        resolve(false)
      }
    })
  }

  close(): void {
    clearInterval(this.#timer)
    this.#giveUp()
    this.#giveUp()
  }

  #hear({ subject, data }: Msg): void {
    const number = subject.slice(this.#inbox.length + 1)
    const heard = this.#waiting.get(number) ?? this.#longer.get(number)
    if (!this.#waiting.delete(number)) this.#longer.delete(number)
    // Nobody answers with nothing but a server that has no such stream.
    heard?.(data.length > 0 && failure.compare(data, 0, failure.length) !== 0)
  }

  #giveUp(): void {
    for (const heard of this.#longer.values()) heard(false)
    this.#longer = this.#waiting
    this.#waiting = new Map()
  }
}
