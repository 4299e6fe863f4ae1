import type { Sandbox, SandboxOutcome } from '@roster/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { HostileProgram } from './sandbox-hostile/hostile-program.ts'
import { hostilePrograms } from './sandbox-hostile/hostile-programs.ts'
import { setTraps, type Traps } from './sandbox-traps.ts'
import { sandboxUseContract } from './sandbox-use-contract.ts'
import { watched, type Watched } from './sandbox-watch.ts'

/** How much of the suite runs. */
export interface SandboxContractOptions {
  /** `all` of the hostile programs, or only the usual few. @defaultValue `usual` */
  readonly programs?: 'all' | 'usual'
}

const mebibyte = 1024 * 1024

const memoryBytes = 32 * mebibyte

/** What a hostile program is given. One that ends by itself has the time for it, on a busy machine too. */
function limitsOf({ ends, limits }: HostileProgram): { readonly timeMs: number; readonly memoryBytes: number } {
  return { timeMs: ends.includes('timeout') ? 200 : 2000, memoryBytes, ...limits }
}

/** After its limit a program has ended within this, in milliseconds. */
const graceMs = 250

/** What the start of a cell may take beside that, in milliseconds. */
const startMs = 2000

/** A turn of the host's event loop is never longer, in milliseconds. */
const longestTurnMs = 50

/** By how much a run may let memory grow: its limit, and what its cell (and the next one that is made ready) weighs. */
const mostBytes = memoryBytes + 256 * mebibyte

/** A machine that does other things delays what has nothing to do with a program, but not each time. */
const tries = 3

/**
 * Everything that a {@link Sandbox} has to do and to withstand, as tests: hostile programs end within their limit and 250 ms more, never
 * hold the host's event loop up for more than 50 ms, keep to their memory, and read, write and reach nothing.
 *
 * @example
 * sandboxContract('worker', () => workerSandbox(), { programs: 'all' })
 */
export function sandboxContract(
  name: string,
  open: () => Sandbox,
  { programs = 'usual' }: SandboxContractOptions = {},
): void {
  describe(`${name} sandbox`, { timeout: 30_000 }, () => {
    sandboxUseContract(open)
    hostileContract(
      open,
      hostilePrograms.filter(({ usual }) => programs === 'all' || usual === true),
    )
  })
}

function hostileContract(open: () => Sandbox, programs: readonly HostileProgram[]): void {
  describe('stands a program that', () => {
    let sandbox: Sandbox
    let traps: Traps
    const seen: Watched[] = []

    beforeAll(async () => {
      traps = await setTraps()
      sandbox = open()
      await sandbox.run('export default () => 1', null)
    })
    afterAll(async () => {
      await sandbox[Symbol.asyncDispose]()
      await traps[Symbol.asyncDispose]()
    })

    it.for(programs.map((program) => [program.name, program] as const))('%s', async ([, program]) => {
      const [outcome, watch] = await endedInTime(sandbox, program, traps)
      seen.push(watch)
      expect(flawOf(outcome, program, traps.canary)).toBeNull()
      expect(outcome.used.wallMs).toBeLessThanOrEqual(limitsOf(program).timeMs + graceMs)
      // Its own clock is not all: with the start of a cell on a busy machine it is over by this one, too.
      expect(watch.tookMs).toBeLessThanOrEqual(limitsOf(program).timeMs + graceMs + startMs)
      expect(watch.turnMs).toBeLessThanOrEqual(longestTurnMs)
      expect(watch.grownBytes).toBeLessThanOrEqual(mostBytes)
    })

    it('and nothing was read, written or reached, nor the host changed', async () => {
      expect(await traps.touched()).toEqual({ connections: 0, files: ['canary.txt'] })
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    })

    it('and by the clock, too, the event loop went on', () => {
      const waits = seen.map(({ waitMs }) => waitMs).toSorted((one, other) => one - other)
      const most = (of: (watch: Watched) => number): number => Math.round(Math.max(...seen.map(of)))
      process.stdout.write(
        `  ${seen.length} hostile programs: longest turn ${most(({ turnMs }) => turnMs)} ms, ` +
          `by the clock ${most(({ waitMs }) => waitMs)} ms (median ${Math.round(waits[waits.length >> 1] ?? 0)} ms), ` +
          `memory grew by ${most(({ grownBytes }) => grownBytes / mebibyte)} MiB at most\n`,
      )
      // One wait may be another program's doing; half of all is ours.
      expect(waits[waits.length >> 1]).toBeLessThanOrEqual(longestTurnMs)
    })
  })
}

/** What is wrong with how a program ended; `null` if nothing is. */
function flawOf(outcome: SandboxOutcome, { ends, answers }: HostileProgram, canary: string): string | null {
  const text = JSON.stringify(outcome).slice(0, 300)
  if (JSON.stringify(outcome).includes(canary)) return `it found the canary: ${text}`
  if (!ends.includes(outcome.kind === 'done' ? 'done' : outcome.failure.code))
    return `it may not end like this: ${text}`
  if (outcome.kind === 'failed' || answers === undefined) return null
  const isExpected = answers.some((answer) => JSON.stringify(answer) === JSON.stringify(outcome.value))
  return isExpected ? null : `it answers what it should not have found: ${text}`
}

/** Runs it until it ended in time and held nothing up, three times at most: what is late each time is late by its own doing. */
async function endedInTime(
  sandbox: Sandbox,
  program: HostileProgram,
  { bait }: Traps,
): Promise<readonly [SandboxOutcome, Watched]> {
  const { code, functions = {} } = program
  const held = limitsOf(program)
  for (let left = tries; ; left--) {
    const [outcome, watch] = await watched(async () => await sandbox.run(code, bait, { limits: held, functions }))
    const isInTime = outcome.used.wallMs <= held.timeMs + graceMs && watch.turnMs <= longestTurnMs
    if (isInTime || left === 1) return [outcome, watch]
  }
}
