import { availableParallelism } from 'node:os'

import type { Spawned } from '../subject/spawn.ts'
import type { BenchServer } from './bench-server.ts'

/** Places named in a summary, at most. */
const mostPlaces = 8

/** What limits a subject, in words: who takes the cores, and where its thread spends its time. Runs it once more, under a profile. */
export async function limitsOf(server: BenchServer, subject: Spawned, amount: number): Promise<string> {
  const before = server.cpuSeconds()
  const { cpuSeconds, seconds, profile = [] } = await subject.run(amount, { profile: true })
  const after = server.cpuSeconds()
  const cores = (cpu: number): string => (cpu / seconds).toFixed(2)
  const postgres = before === undefined || after === undefined ? '' : `PostgreSQL takes ${cores(after - before)} and `
  const places = profile.slice(0, mostPlaces).map(({ place, percent }) => `${place} ${Math.round(percent)} %`)
  return `of ${availableParallelism()} cores ${postgres}this process ${cores(cpuSeconds)}; its thread: ${places.join(', ')}`
}
