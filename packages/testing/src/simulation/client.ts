import type { Surroundings } from './actor-host.ts'
import { intakeSubject, type Wish } from './coordinator.ts'
import type { Life } from './life.ts'
import type { Order } from './team.ts'

/** How long a client waits to hear of a wish before it sends it again, in milliseconds. */
const againAfterMs = 3000

/** Somebody outside who wants an order settled, and may think better of it. What it wants, and what it heard, outlives its crashes. */
export class Client {
  readonly order: Order
  readonly #cancels: boolean
  #task: string | undefined
  #cancelled = false

  constructor(order: Order, cancels: boolean) {
    this.order = order
    this.#cancels = cancels
  }

  /** Whether it heard that its order was accepted. */
  get accepted(): boolean {
    return this.#task !== undefined
  }

  /** Whether it heard all that it wants to hear. */
  get content(): boolean {
    return this.accepted && this.#cancelled === this.#cancels
  }

  /** Starts it as a process: it sends its wishes, slowly, until it hears of each. */
  async start(life: Life, { clock, network, random }: Surroundings): Promise<void> {
    let tries = 0
    const send = async (): Promise<void> => {
      if (this.content) return
      const id = `${this.order.order} ${life.name} ${(tries += 1)}`
      const wish = this.#wish()
      await life.call('publish', async () =>
        network.send(intakeSubject, id, wish, (task) => life.reach('hears', () => this.#hear(wish, task))),
      )
      life.alarm.set('again', clock.now() + againAfterMs, () => void send())
    }
    await life.sleep(random.between(1, 12_000))
    await send()
  }

  #wish(): Wish {
    return this.#task === undefined ? { settle: this.order } : { cancel: this.#task }
  }

  #hear(wish: Wish, task: string): void {
    if ('cancel' in wish) this.#cancelled = true
    else this.#task ??= task
  }
}
