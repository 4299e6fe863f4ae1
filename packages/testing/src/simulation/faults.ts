import { leaseMs } from './actor-host.ts'
import type { Life } from './life.ts'
import type { Network } from './network.ts'
import type { FaultKind, PlannedFault } from './plan.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'

/** A fault that happened, and after which operation. */
export interface Struck {
  readonly kind: FaultKind
  readonly operation: string
}

/** What a fault can strike. */
export interface Victims {
  readonly processes: readonly Process[]
  readonly network: Network
}

/** Counts the operations of a schedule, and strikes after those that were planned. */
export class Faults {
  readonly struck: Struck[] = []
  readonly #plan: readonly PlannedFault[]
  readonly #random: Random
  readonly #victims: Victims
  readonly #trace: ((line: string) => void) | undefined
  #operations = 0

  constructor(plan: readonly PlannedFault[], random: Random, victims: Victims, trace?: (line: string) => void) {
    this.#plan = plan
    this.#random = random
    this.#victims = victims
    this.#trace = trace
  }

  get operations(): number {
    return this.#operations
  }

  /** Counts an operation; answers whether its answer gets lost. */
  after(life: Life, operation: string): 'answered' | 'answer-lost' {
    this.#operations += 1
    const fault = this.#plan.find(({ after }) => after === this.#operations)
    if (fault === undefined) return 'answered'
    if (fault.kind === 'lost-answer' && beyondTheStore.has(operation)) return 'answered'
    this.struck.push({ kind: fault.kind, operation })
    this.#trace?.(`        *** ${fault.kind} after operation ${this.#operations}, ${operation} of ${life.name}`)
    if (fault.kind === 'lost-answer') return 'answer-lost'
    this.#strike(fault.kind, life)
    return 'answered'
  }

  #strike(kind: Exclude<FaultKind, 'lost-answer'>, life: Life): void {
    const { processes, network } = this.#victims
    const victim = processes.filter((process) => process.life === life)
    if (kind === 'power-cut') network.cutPower()
    else if (kind === 'pause') for (const process of victim) process.pause(this.#aboutALease())
    else for (const process of kind === 'crash' ? victim : processes) process.crash(this.#aboutALease() - leaseMs)
  }

  /** Long enough to lose everything, and mostly just so: then whoever comes back meets whoever is taking over. */
  #aboutALease(): number {
    return leaseMs + (this.#random.chance(0.75) ? this.#random.between(1, 5000) : this.#random.between(1, 2 * leaseMs))
  }
}

/** Operations that are no calls of a store. */
const beyondTheStore: ReadonlySet<string> = new Set(['publish', 'call', 'hears'])
