import { Crew } from './crew.ts'
import { faultKinds } from './plan.ts'
import type { Tally } from './tally.ts'
import { weaknesses, type Weakness } from './weakness.ts'
import type { Batch } from './worker.ts'

/** How much is simulated. */
export interface SimulationOptions {
  readonly schedules: number
  /** The seed of the first schedule; the others follow. @defaultValue 0 */
  readonly from?: number
  /** Schedules with each weakened adapter; more, if none of them finds it out. @defaultValue 200 */
  readonly weakened?: number
  /** @defaultValue 2 */
  readonly threads?: number
  /** Hears how many schedules are done. */
  readonly progress?: (done: number) => void
}

/** What a simulation came to. */
export interface Report {
  readonly tally: Tally
  /** Schedules in which each weakened adapter was found out. */
  readonly weakened: Readonly<Record<Weakness, number>>
  /** What is wrong; nothing, if all is well. */
  readonly problems: readonly string[]
}

/** Schedules that are handed to a thread at once. */
const batchSize = 50

/** How many times as many schedules are run before a weakened adapter counts as not found out. */
const rounds = 10

/** Below so many schedules, a kind of fault may well not have happened. */
const enough = 100

/** Runs schedules with sound adapters, which must do no wrong, and with each weakened one, which must. */
export async function simulation({
  schedules,
  from = 0,
  weakened = 200,
  threads = 2,
  progress,
}: SimulationOptions): Promise<Report> {
  await using crew = new Crew(threads)
  let done = 0
  const tally = await crew.run(batches(from, schedules), (_, { schedules: more }) => progress?.((done += more)))
  const found: Partial<Record<Weakness, number>> = {}
  for (const weakness of weaknesses) found[weakness] = await findOut(crew, weakness, from, weakened)
  return { tally, weakened: found as Report['weakened'], problems: problemsOf(tally, weakened === 0 ? {} : found) }
}

/** Schedules in which a weakened adapter does wrong. */
async function findOut(crew: Crew, weakness: Weakness, from: number, count: number): Promise<number> {
  for (let round = 0; round < rounds; round++) {
    const { failed } = await crew.run(batches(from + round * count, count, weakness))
    if (failed > 0) return failed
  }
  return 0
}

function batches(from: number, count: number, weakness?: Weakness): readonly Batch[] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => {
    const done = index * batchSize
    return { from: from + done, count: Math.min(batchSize, count - done), weakness }
  })
}

function problemsOf(
  { schedules, faults, failed, failures }: Tally,
  weakened: Partial<Record<Weakness, number>>,
): readonly string[] {
  const idle = schedules < enough ? [] : faultKinds.filter((kind) => faults[kind] === 0)
  return [
    ...failures.map(({ seed, violations }) =>
      [`schedule ${seed}`, ...violations, `repeat it with: pnpm simulate --seed ${seed} --trace`].join('\n  '),
    ),
    ...(failed > failures.length ? [`${failed - failures.length} more schedules failed`] : []),
    ...idle.map((kind) => `no ${kind} happened: this run proves nothing`),
    ...Object.entries(weakened)
      .filter(([, found]) => found === 0)
      .map(([weakness]) => `the weakened adapter ${weakness} was not found out`),
  ]
}
