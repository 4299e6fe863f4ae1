import type { Sample } from '../measure/sample.ts'
import { quantile } from '../measure/median.ts'
import { profiled } from './profile.ts'

/** What a subject did in one slice. */
export interface Work {
  readonly count: number
  readonly seconds: number
  readonly latenciesMs?: readonly number[]
}

/** Something that can be made to work for a while: a store, a host, a peer. It has a process of its own and rests between slices. */
export interface Subject {
  /** Works for so many seconds, or does so many pieces, as the subject understands it. */
  run(amount: number): Promise<Work>
}

/** What the bench asks of a subject's process. */
export interface Order {
  readonly amount: number
  readonly profile: boolean
}

/** What it answers. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly sample: Sample }
  | { readonly kind: 'failed'; readonly message: string }

/** Makes this process a subject: opens it with the options on the command line, and works on order. Ends with the bench. */
export async function serve(open: (options: never) => Promise<Subject>): Promise<void> {
  process.on('disconnect', () => process.exit(0))
  try {
    const subject = await open(JSON.parse(process.argv[2] ?? '{}') as never)
    process.on('message', (order: Order) => {
      measure(subject, order).then((sample) => answer({ kind: 'done', sample }), failed)
    })
    answer({ kind: 'ready' })
  } catch (error) {
    failed(error)
  }
}

async function measure(subject: Subject, { amount, profile }: Order): Promise<Sample> {
  const before = process.cpuUsage()
  const { value, shares } = profile ? await profiled(() => subject.run(amount)) : { value: await subject.run(amount) }
  const { user, system } = process.cpuUsage(before)
  const { count, seconds, latenciesMs } = value
  return {
    count,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    ...(latenciesMs === undefined ? {} : { p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99) }),
    ...(shares === undefined ? {} : { profile: shares }),
  }
}

function failed(error: unknown): void {
  answer({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

function answer(message: Answer): void {
  process.send?.(message)
}
