import type { Group } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf } from '../measure/result.ts'
import { interleaved } from '../measure/rounds.ts'
import { rate } from '../measure/sample.ts'
import type { BenchServer } from '../server/bench-server.ts'
import { limitsOf } from '../server/limits.ts'
import { spawnSubject, type Spawned } from '../subject/spawn.ts'
import { measures } from './measures.ts'
import type { RosterOptions } from './roster-subject.ts'

/** Seconds of one slice. */
const slice = 5
const warmUp = 3

/** The durable step beside itself without its trust features. */
export const trustGroup: Group = async ({ server, progress }) => {
  progress('opening')
  await using on = await rosterSubject(server, 'trust_on', true)
  await using off = await rosterSubject(server, 'trust_off', false)
  progress('warming up')
  for (const subject of [on, off]) await subject.run(warmUp)
  const samples = await interleaved({ on: () => on.run(slice), off: () => off.run(slice) }, progress)
  const limits = (): Promise<string> => limitsOf(server, on, slice)
  return [await resultOf(measures.trust, compare(samples.on.map(rate), samples.off.map(rate)), limits)]
}

/** A process that makes durable steps on a database of its own, with the trust features or without them. */
export async function rosterSubject(server: BenchServer, database: string, trust: boolean): Promise<Spawned> {
  const url = await server.database(database)
  return spawnSubject(import.meta.resolve('./roster-subject.ts'), { url, trust } satisfies RosterOptions)
}
