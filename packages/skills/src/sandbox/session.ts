import { failureOf, type Failure, type HostFunctions, type SandboxLimits, type SandboxOutcome } from '@roster/core'

import type { Cell } from './cell.ts'
import { parsed } from '../json/parsed.ts'
import { fromCell, type FromCell } from './protocol.ts'

/** How long after its limit a program that does not end by itself is ended, in milliseconds. */
const graceMs = 100

/** A program with all that its run is held to. */
export interface Program {
  readonly code: string
  /** JSON. */
  readonly input: string
  readonly limits: Required<SandboxLimits>
  readonly functions: HostFunctions
}

/**
 * One program in one cell, seen from the host.
 *
 * S1 It has one outcome, at the latest `graceMs` after its limit; what the cell says afterwards is not heard.
 * S2 A host function is called only if it was given, with JSON that was checked, and not more often than allowed.
 * S3 Nothing that the cell says is believed unchecked: what no honest cell says ends it.
 */
export class Session {
  readonly outcome: Promise<SandboxOutcome>
  readonly #cell: Cell
  readonly #program: Program
  readonly #started: number
  readonly #now: () => number
  readonly #limit: NodeJS.Timeout
  #resolve: (outcome: SandboxOutcome) => void = () => {}
  #hostCalls = 0
  #isOver = false

  constructor(cell: Cell, program: Program, now: () => number) {
    this.#cell = cell
    this.#program = program
    this.#now = now
    this.#started = now()
    this.outcome = new Promise((resolve) => (this.#resolve = resolve))
    this.#limit = setTimeout(
      () => this.fail({ code: 'timeout', message: `it did not end within ${program.limits.timeMs} ms` }),
      program.limits.timeMs + graceMs,
    )
    cell.listen({
      said: (message) => this.#heard(fromCell(message)),
      ended: (why) => this.fail(endings[why]),
    })
    const { code, input, limits, functions } = program
    cell.tell(['run', { code, input, functions: Object.keys(functions), limits }])
  }

  /** Ends it with this failure, if it has no outcome yet. */
  fail(failure: Failure): void {
    this.#end({ kind: 'failed', failure: withHint(failure), used: this.#used() })
  }

  #heard(message: FromCell | undefined): void {
    if (this.#isOver) return
    if (message?.[0] === 'done') this.#done(message[1])
    else if (message?.[0] === 'failed') this.fail({ code: message[1], message: message[2] })
    else if (message?.[0] === 'call') void this.#call(message)
    else this.fail({ code: 'program-failed', message: 'its cell said what no cell says' })
  }

  #done(text: string): void {
    const { outputBytes, depth } = this.#program.limits
    const answer = parsed(text, outputBytes, depth)
    if (answer.ok) this.#end({ kind: 'done', value: answer.value, used: this.#used() })
    else this.fail(answer.failure)
  }

  async #call([, id, name, text]: Extract<FromCell, readonly ['call', ...unknown[]]>): Promise<void> {
    const { functions, limits } = this.#program
    this.#hostCalls += 1
    const called = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (called === undefined) return this.fail({ code: 'denied', message: `it was not given ${JSON.stringify(name)}` })
    if (this.#hostCalls > limits.hostCalls)
      return this.fail({ code: 'over-limit', message: `more than ${limits.hostCalls} calls of host functions` })
    const input = parsed(text, limits.hostCallBytes, limits.depth)
    if (!input.ok) return this.fail(input.failure)
    try {
      const answer = JSON.stringify(await called(input.value))
      if (this.#isOver) return
      if (Buffer.byteLength(answer) > limits.hostCallBytes)
        return this.fail({ code: 'size-exceeded', message: `${name} answers more than ${limits.hostCallBytes} bytes` })
      this.#cell.tell(['answer', id, answer])
    } catch (error) {
      if (!this.#isOver) this.#cell.tell(['refuse', id, failureOf(error).message])
    }
  }

  #used(): SandboxOutcome['used'] {
    return { wallMs: this.#now() - this.#started, hostCalls: this.#hostCalls }
  }

  #end(outcome: SandboxOutcome): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#limit)
    this.#resolve(outcome)
  }
}

const endings: Readonly<Record<'memory' | 'crash', Failure>> = {
  memory: { code: 'memory-exceeded', message: 'its cell ran out of memory' },
  crash: { code: 'program-failed', message: 'its cell ended before it answered' },
}

const hints: Readonly<Record<string, string>> = {
  timeout: 'Give it more time in its limits, or less to do.',
  'memory-exceeded': 'Give it more memory in its limits, or less to hold at once.',
  'size-exceeded': 'Let it answer less, or raise the limit that it names.',
  'over-limit': 'Ask the host for more at once, or raise `hostCalls`.',
}

function withHint(failure: Failure): Failure {
  const hint = failure.hint ?? hints[failure.code]
  return hint === undefined ? failure : { ...failure, hint }
}
