import {
  parseStream,
  partitionCount,
  type Bus,
  type Clock,
  type EventStore,
  type Head,
  type Pending,
  type PendingStore,
} from '@roster/core'

import type { Observe } from '../host/observation.ts'
import { Relay } from '../host/relay.ts'

/** Something that does not go on by itself: its owner is told. */
export type Finding =
  /** A message that nobody took or said to have, a timer that did not ring, or an effect that nobody runs. */
  | { readonly kind: 'stuck'; readonly row: Pending }
  /** A stream that does not end where its head says. */
  | { readonly kind: 'head-disagrees'; readonly head: Head }

export interface ReconcilerPorts {
  readonly store: PendingStore & EventStore
  readonly bus: Bus
  readonly clock: Clock
  readonly observe?: Observe
}

export interface ReconcilerOptions {
  /** How long what a client sent stays pending before it is sent again, in milliseconds. @defaultValue 5000 */
  readonly resendAfterMs?: number
  /** How long something may stay as it is before its owner is told, in milliseconds. @defaultValue 600000 */
  readonly stuckAfterMs?: number
}

/** Partitions of all actors. */
const everywhere = Array.from({ length: partitionCount }, (_, partition) => partition)

/** Drives what nobody else drives, and says what has come to a stand. To be run on a schedule, by one coordinator or several. */
export class Reconciler {
  readonly #ports: ReconcilerPorts
  readonly #stuckAfterMs: number
  readonly #relay: Relay

  constructor(ports: ReconcilerPorts, { resendAfterMs = 5000, stuckAfterMs = 600_000 }: ReconcilerOptions = {}) {
    this.#ports = ports
    this.#stuckAfterMs = stuckAfterMs
    // Clients have no owner: what was accepted from them is sent again from here.
    this.#relay = new Relay(ports, { resendAfterMs, mine: ({ sender }) => parseStream(sender).kind === 'client' })
  }

  async run(): Promise<readonly Finding[]> {
    await this.#relay.resend()
    return [...(await this.#stuck()), ...(await this.#disagreeing())]
  }

  async #stuck(): Promise<readonly Finding[]> {
    const { store, clock } = this.#ports
    const before = clock.now() - this.#stuckAfterMs
    const messages = await store.overdue({ ageMs: this.#stuckAfterMs, notedAgeMs: Number.MAX_SAFE_INTEGER })
    const others = (await store.pendingIn(everywhere, { dueBy: before })).filter(
      ({ kind, insertedAt }) => kind !== 'message' && insertedAt <= before,
    )
    return [...messages, ...others].map((row) => ({ kind: 'stuck', row }))
  }

  async #disagreeing(): Promise<readonly Finding[]> {
    const { store } = this.#ports
    const findings: Finding[] = []
    for (const head of await store.heads()) {
      const [last, beyond] = await store.read(head.stream, { from: head.version })
      // A record that was appended since the heads were read is no disagreement: it follows the last one.
      if (last?.hash !== head.hash || (beyond !== undefined && beyond.previousHash !== head.hash))
        findings.push({ kind: 'head-disagrees', head })
    }
    return findings
  }
}
