import type { Group } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf, type Measure, type Result } from '../measure/result.ts'
import { interleaved } from '../measure/rounds.ts'
import { rate, type Sample } from '../measure/sample.ts'
import { limitsOf } from '../server/limits.ts'
import { spawnSubject, type Spawned } from '../subject/spawn.ts'
import type { AppendOptions } from './append-subject.ts'
import type { InsertOptions } from './insert-subject.ts'
import { measures } from './measures.ts'
import { findPgbench } from './pgbench.ts'

/** Seconds of one slice. */
const slice = 4

/** The store by itself, beside the plainest durable write. */
export const storeGroup: Group = async ({ server, progress }) => {
  const appends = await server.database('store_appends')
  const inserts = await server.database('store_inserts')
  const append = (name: string, inFlight: number): Promise<Spawned> =>
    spawnSubject(import.meta.resolve('./append-subject.ts'), { url: appends, name, inFlight } satisfies AppendOptions)
  const insert = (connections: number): Promise<Spawned> =>
    spawnSubject(import.meta.resolve('./insert-subject.ts'), { url: inserts, connections } satisfies InsertOptions)

  progress('opening')
  await using one = await append('one', 1)
  await using many = await append('many', 256)
  await using left = await append('left', 128)
  await using right = await append('right', 128)
  await using insertOne = await insert(1)
  await using insertMany = await insert(32)
  await using pgbench = await findPgbench(inserts)

  const contestants = {
    'append, 1 in flight': async () => rate(await one.run(slice)),
    'insert, 1 connection': async () => rate(await insertOne.run(slice)),
    'append, 256 in flight': async () => rate(await many.run(slice)),
    'insert, 32 connections': async () => rate(await insertMany.run(slice)),
    'append, two processes': async () => together(await Promise.all([left.run(slice), right.run(slice)])),
    'pgbench, 1 client': async () => (await pgbench?.insertsPerSecond(1, slice)) ?? Number.NaN,
    'pgbench, 32 clients': async () => (await pgbench?.insertsPerSecond(32, slice)) ?? Number.NaN,
  }
  progress('warming up')
  for (const run of Object.values(contestants)) await run()
  const rates = await interleaved(contestants, progress)

  const result = (
    measure: Measure,
    name: keyof typeof rates,
    baseline: keyof typeof rates,
    limits: () => Promise<string>,
  ): Promise<Result> => resultOf(measure, compare(rates[name], rates[baseline]), limits)
  const results = [
    await result(measures.one, 'append, 1 in flight', 'insert, 1 connection', () => limitsOf(server, one, slice)),
    await result(measures.many, 'append, 256 in flight', 'insert, 32 connections', () => limitsOf(server, many, slice)),
    await result(measures.two, 'append, two processes', 'insert, 32 connections', async () => {
      const other = right.run(slice)
      const limits = await limitsOf(server, left, slice)
      await other
      return `each of two: ${limits}`
    }),
  ]
  if (pgbench === undefined) return results
  const reported = (): Promise<string> => Promise.resolve('')
  return [
    ...results,
    await result(measures.onePgbench, 'append, 1 in flight', 'pgbench, 1 client', reported),
    await result(measures.manyPgbench, 'append, 256 in flight', 'pgbench, 32 clients', reported),
  ]
}

/** What two processes did at the same time. */
function together(samples: readonly Sample[]): number {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0)
  return count / Math.max(...samples.map(({ seconds }) => seconds))
}
