import type { Random } from './random.ts'
import { Life, type AfterOperation } from './life.ts'
import type { Happening, Scheduler } from './scheduler.ts'

/** Starts a life: builds what the process consists of. A start that fails is a crash. */
export type Boot = (life: Life) => Promise<void>

/** How long it takes until a process that could not start is started again, in milliseconds. */
const restartMs = 500

/** What a process lives by. */
export interface ProcessOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly after: AfterOperation
}

/** A process under simulation: it can die and be started again, with nothing left of its memory, and be kept from running for a while. */
export class Process {
  readonly name: string
  readonly #scheduler: Scheduler
  readonly #random: Random
  readonly #after: AfterOperation
  readonly #boot: Boot
  #lives = 0
  #life: Life | undefined

  constructor(name: string, boot: Boot, { scheduler, random, after }: ProcessOptions) {
    this.name = name
    this.#boot = boot
    this.#scheduler = scheduler
    this.#random = random
    this.#after = after
  }

  get life(): Life | undefined {
    return this.#life
  }

  start(): void {
    this.#lives += 1
    const life = new Life(`${this.name}/${this.#lives}`, this.#scheduler, this.#after)
    this.#life = life
    const run = (): void => {
      this.#boot(life).catch(() => {
        if (!life.dead) this.crash(restartMs)
      })
    }
    this.#scheduler.soon({ name: 'starts', process: life, run })
  }

  /** Kills it; what it had called and was not carried out yet happens or not. It is started again after a while. */
  crash(downMs: number): void {
    const life = this.#life
    if (life === undefined) return
    life.dead = true
    this.#life = undefined
    this.#scheduler.withdraw(({ from }) => from === life && this.#random.chance(0.5))
    this.#scheduler.at(this.#scheduler.now() + downMs, {
      name: `${this.name} is started again`,
      run: () => this.start(),
    })
  }

  /** Stops its time; what it had called and was not carried out yet happens now, or when it goes on. */
  pause(ms: number): void {
    const life = this.#life
    if (life === undefined || life.frozen !== undefined) return
    const frozen: Happening[] = []
    life.frozen = frozen
    this.#scheduler.withdraw((happening) => {
      const held = happening.from === life && this.#random.chance(0.5)
      if (held) frozen.push(happening)
      return held
    })
    const goOn = (): void => {
      life.frozen = undefined
      for (const happening of frozen) this.#scheduler.soon(happening)
    }
    this.#scheduler.at(this.#scheduler.now() + ms, { name: `${life.name} goes on`, run: goOn })
  }
}
