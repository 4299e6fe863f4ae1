import { startNats } from '@roster/testing/servers'

import type { Bench } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf, type Result } from '../measure/result.ts'
import { limitsOf } from '../server/limits.ts'
import { spawnSubject } from '../subject/spawn.ts'
import type { IdleOptions } from './idle-subject.ts'
import { measures } from './measures.ts'

const colleagues = 10_000
/** Seconds after the start until nothing is left to be done, and of one slice. */
const rest = 15
const slice = 8
const rounds = 3

const mebibyte = 1024 ** 2
/** What counts as little: memory in MiB, processor time in milliseconds a second. */
const most = { memory: 1024, cpu: 10 }

/** What a host costs that has nothing to do. */
export async function idleResults({ server, progress }: Bench): Promise<readonly Result[]> {
  await using nats = await startNats()
  progress(`hiring ${colleagues} colleagues`)
  const options: IdleOptions = { url: await server.database('nats_idle'), natsUrl: nats.url, colleagues }
  await using host = await spawnSubject(import.meta.resolve('./idle-subject.ts'), options)
  await host.run(rest)
  const memory: number[] = []
  const cpu: number[] = []
  for (let round = 0; round < rounds; round++) {
    progress(`round ${round + 1} of ${rounds}: idle`)
    const { count, cpuSeconds, seconds } = await host.run(slice)
    memory.push(count / mebibyte)
    cpu.push((1000 * cpuSeconds) / seconds)
  }
  const constant = (value: number): number[] => memory.map(() => value)
  const limits = (): Promise<string> => limitsOf(server, host, slice)
  return [
    await resultOf(measures.memory, compare(memory, constant(most.memory)), limits),
    await resultOf(measures.cpu, compare(cpu, constant(most.cpu)), limits),
  ]
}
