import { startTemporal } from '@roster/testing/servers'

import type { Group } from '../group.ts'
import { compare, type Comparison } from '../measure/compare.ts'
import { resultOf, type Measure, type Result } from '../measure/result.ts'
import { interleaved } from '../measure/rounds.ts'
import { rate, type Sample } from '../measure/sample.ts'
import { limitsOf } from '../server/limits.ts'
import { spawnSubject, type Spawned } from '../subject/spawn.ts'
import type { CoordinatedOptions } from './coordinated.ts'
import { historySizes } from './histories.ts'
import { measures } from './measures.ts'
import { openMemory } from './open-memory.ts'

/** A task with four asks: over Temporal, embedded, and as others would write it on the same server. */
export const temporalGroup: Group = async (bench) => {
  const { server, progress } = bench
  progress('starting Temporal')
  await using temporal = await startTemporal({ store: 'file' })
  const address = temporal.url
  const options = async (name: string): Promise<CoordinatedOptions> => {
    return { url: await server.database(`temporal_${name}`), address, taskQueue: `bench/${name}` }
  }
  const open = async (name: string): Promise<Spawned> =>
    await spawnSubject(import.meta.resolve(`./${name}-subject.ts`), await options(name))
  await using roster = await open('roster')
  await using everyone = await open('everyone')
  await using bare = await open('bare')
  await using embedded = await open('embedded')

  progress('warming up')
  for (const subject of [roster, everyone, bare, embedded]) await subject.run(8)
  const samples = await interleaved(
    {
      'Roster, 1': () => roster.run(1),
      'everyone, 1': () => everyone.run(1),
      'bare, 1': () => bare.run(1),
      'Roster, 8': () => roster.run(8),
      'everyone, 8': () => everyone.run(8),
      'bare, 8': () => bare.run(8),
      'Roster, 32': () => roster.run(32),
      'everyone, 32': () => everyone.run(32),
      'bare, 32': () => bare.run(32),
      'embedded, 32': () => embedded.run(32),
    },
    progress,
  )
  type Name = keyof typeof samples
  const limits = (lanes: number) => (): Promise<string> => limitsOf(server, roster, lanes)
  const result = async (
    measure: Measure,
    [ours, theirs]: readonly [Name, Name],
    value: (sample: Sample) => number,
    lanes = 1,
  ): Promise<Result> =>
    await resultOf(measure, compare(samples[ours].map(value), samples[theirs].map(value)), limits(lanes))
  const once = async (measure: Measure, value: number, baselineValue: number): Promise<Result> =>
    await resultOf(measure, single(value, baselineValue), limits(1))

  const results = [
    await result(measures.time, ['Roster, 1', 'everyone, 1'], p50),
    await result(measures.p99, ['Roster, 1', 'everyone, 1'], p99),
    await result(measures.eight, ['Roster, 8', 'everyone, 8'], rate),
    await result(measures.rate, ['Roster, 32', 'everyone, 32'], rate, 32),
    await result(measures.ratep99, ['Roster, 32', 'everyone, 32'], p99),
    await result(measures.bareTime, ['Roster, 1', 'bare, 1'], p50),
    await result(measures.bareEight, ['Roster, 8', 'bare, 8'], p50),
    await result(measures.bareRate, ['Roster, 32', 'bare, 32'], p50, 32),
    await result(measures.embedded, ['embedded, 32', 'Roster, 32'], rate),
    await result(measures.cpu, ['Roster, 32', 'everyone, 32'], cpuMs),
  ]
  progress('sizes of histories')
  const [ours, theirs] = [await historySizes(address, 'bench/roster'), await historySizes(address, 'bench/everyone')]
  progress('1,000 open tasks')
  const memory = await openMemory(options)
  return [
    ...results,
    await once(measures.events, ours.events, theirs.events),
    await once(measures.bytes, ours.bytes, theirs.bytes),
    await once(measures.memory, memory.roster, memory.bare),
  ]
}

const p50 = ({ p50Ms = Number.NaN }: Sample): number => p50Ms
const p99 = ({ p99Ms = Number.NaN }: Sample): number => p99Ms
const cpuMs = ({ cpuSeconds, count }: Sample): number => (1000 * cpuSeconds) / count

/** What is the same in every round is measured once. */
function single(value: number, baselineValue: number): Comparison {
  const ratio = value / baselineValue
  return { value, baselineValue, ratio, spread: [ratio, ratio] }
}
