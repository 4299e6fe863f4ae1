import { partitionOf, type Bus, type Sending } from '@roster/core'

import type { Life } from './life.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

/** Something on its way to whoever listens to a subject. */
interface Parcel<T> {
  readonly subject: string
  readonly cargo: T
  readonly acknowledged: (answer: string) => void
}

/** What a listener is handed. */
export interface Arrival<T> {
  readonly cargo: T
  readonly acknowledge: (answer?: string) => void
}

interface Listener {
  readonly life: Life
  readonly take: (arrival: Arrival<never>) => void
}

/** How a network misbehaves: probabilities. */
export interface Weather {
  readonly loss: number
  readonly repetition: number
  /** Of a delay of several seconds rather than of some milliseconds. */
  readonly delay: number
  /** Whether what is handed over counts as acknowledged, whatever becomes of it. A network that is good for something does not. */
  readonly acknowledgesFirst: boolean
}

/** How long a parcel may stay without acknowledgement before it is handed over again, in milliseconds. */
const acknowledgeWithinMs = 4000

/**
 * What lies between the processes. It loses, repeats, delays and reorders; it drops what it has carried before under the same id; what
 * is not acknowledged it hands over again, to anybody who listens; and in a power cut it forgets everything.
 */
export class Network {
  readonly #scheduler: Scheduler
  readonly #random: Random
  readonly #weather: Weather
  readonly #listeners = new Map<string, readonly Listener[]>()
  #underWay = new Set<Parcel<never>>()
  #carried = new Set<string>()

  constructor(scheduler: Scheduler, random: Random, weather: Weather) {
    this.#scheduler = scheduler
    this.#random = random
    this.#weather = weather
  }

  /** Takes something on its way. `acknowledged` hears of the acknowledgement, unless that gets lost too. */
  send(subject: string, id: string, cargo: unknown, acknowledged: (answer: string) => void = () => {}): void {
    if (this.#carried.has(id)) return
    this.#carried.add(id)
    const { loss, repetition } = this.#weather
    const parcel: Parcel<unknown> = { subject, cargo, acknowledged }
    for (let copies = this.#random.chance(repetition) ? 2 : 1; copies > 0; copies--) {
      if (this.#random.chance(loss)) continue
      this.#underWay.add(parcel as Parcel<never>)
      this.#carry(parcel as Parcel<never>, this.#delay())
    }
  }

  listen<T>(subject: string, life: Life, take: (arrival: Arrival<T>) => void): () => void {
    const listener: Listener = { life, take }
    this.#listeners.set(subject, [...(this.#listeners.get(subject) ?? []), listener])
    return () => {
      this.#listeners.set(
        subject,
        (this.#listeners.get(subject) ?? []).filter((other) => other !== listener),
      )
    }
  }

  cutPower(): void {
    this.#underWay = new Set()
    this.#carried = new Set()
  }

  #carry(parcel: Parcel<never>, delayMs: number): void {
    const run = (): void => this.#handOver(parcel)
    this.#scheduler.at(this.#scheduler.now() + delayMs, { name: `carries to ${parcel.subject}`, run })
  }

  #handOver(parcel: Parcel<never>): void {
    if (!this.#underWay.has(parcel)) return
    this.#carry(parcel, acknowledgeWithinMs)
    const listeners = (this.#listeners.get(parcel.subject) ?? []).filter(({ life }) => !life.dead)
    const listener = listeners[this.#random.below(listeners.length)]
    if (listener === undefined) return
    const acknowledge = (answer = ''): void => {
      if (this.#underWay.delete(parcel) && !this.#random.chance(this.#weather.loss)) parcel.acknowledged(answer)
    }
    if (this.#weather.acknowledgesFirst) acknowledge()
    listener.life.reach(`receives by ${parcel.subject}`, () => listener.take({ cargo: parcel.cargo, acknowledge }))
  }

  #delay(): number {
    return this.#random.chance(this.#weather.delay) ? this.#random.between(1000, 8000) : this.#random.between(1, 30)
  }
}

/** The bus port for one process. */
export function busOf(network: Network, life: Life): Bus {
  return {
    publish: (sendings) =>
      life.call('publish', async () => {
        for (const { row, resend } of sendings)
          network.send(`partition ${partitionOf(row.stream)}`, `${row.id} ${resend}`, { row, resend } satisfies Sending)
      }),
    async subscribe(partition, take) {
      const close = network.listen<Sending>(`partition ${partition}`, life, ({ cargo, acknowledge }) =>
        take({ row: cargo.row, acknowledge }),
      )
      return { close: async () => close() }
    },
  }
}
