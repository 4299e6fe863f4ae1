import { connect, type NatsConnection } from '@nats-io/transport-node'

interface Answer {
  readonly status: string
  readonly key?: string
  readonly task?: string
}

/** How long a customer waits for an answer before it publishes again, in milliseconds. */
const againMs = 1500

/**
 * Somebody outside who knows nothing but the documented JSON: publishes tasks over NATS and publishes each again, slowly, until it has
 * heard how it ended. What it was told to want counts; what became of its publications it does not know.
 */
export class Customer implements AsyncDisposable {
  readonly connection: NatsConnection
  readonly #wanted = new Map<string, { readonly subject: string; readonly text: string }>()
  readonly #tasks = new Map<string, string>()
  readonly #ended = new Map<string, string>()
  readonly #timer: NodeJS.Timeout
  #published = 0

  private constructor(connection: NatsConnection, name: string) {
    this.connection = connection
    connection.subscribe(`roster.answer.shop.to.${name}.>`, {
      callback: (_, message) => this.#hear(message.json<Answer>()),
    })
    this.#timer = setInterval(() => this.#publishOpen(), againMs)
  }

  static async connect(url: string, name = 'customer'): Promise<Customer> {
    const { host, username, password } = new URL(url)
    const identity = username === '' ? {} : { user: username, pass: password }
    const connection = await connect({
      servers: host,
      ...identity,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
      reconnectJitter: 50,
    })
    return new Customer(connection, name)
  }

  /** Wants something: once it is accepted, this is one task for ever. */
  want(playbook: string, key: string, input: object): void {
    const wanted = { subject: `roster.task.shop.${playbook}.from.customer`, text: JSON.stringify({ v: 1, key, input }) }
    this.#wanted.set(key, wanted)
    this.#publish(wanted)
  }

  get counts(): {
    readonly wanted: number
    readonly accepted: number
    readonly ended: number
    readonly publications: number
  } {
    const [wanted, accepted, ended] = [this.#wanted.size, this.#tasks.size, this.heard]
    return { wanted, accepted, ended, publications: this.#published }
  }

  /** How many of its wishes it has heard the end of. */
  get heard(): number {
    return [...this.#tasks.values()].filter((task) => this.#ended.has(task)).length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.connection.close()
  }

  #hear({ status, key, task }: Answer): void {
    if (task === undefined) throw new Error(`refused: ${key}`)
    if (key !== undefined) {
      const before = this.#tasks.get(key)
      if (before !== undefined && before !== task) throw new Error(`${key} is two tasks: ${before} and ${task}`)
      this.#tasks.set(key, task)
    }
    if (status !== 'accepted' && status !== 'waiting') this.#ended.set(task, status)
  }

  #publishOpen(): void {
    for (const [key, wanted] of this.#wanted) {
      const task = this.#tasks.get(key)
      if (task === undefined || !this.#ended.has(task)) this.#publish(wanted)
    }
  }

  #publish({ subject, text }: { readonly subject: string; readonly text: string }): void {
    this.#published += 1
    this.connection.publish(subject, text)
  }
}
