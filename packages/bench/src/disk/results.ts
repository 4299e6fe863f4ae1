import type { Bench, Group } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf, type Result } from '../measure/result.ts'
import { spawnSubject } from '../subject/spawn.ts'
import type { Rewriting } from '../world/notebook.ts'
import { stepsBefore, stepsCounted } from './extent.ts'
import { measures } from './measures.ts'
import { parts } from './parts.ts'
import type { DiskOptions } from './roster-subject.ts'
import { bytesOnDisk } from './size.ts'

/** Bytes that a step leaves on the disk, beside those of LangGraph. The same each time: one round tells. */
export const diskResults: Group = async (bench) => {
  const results: Result[] = []
  for (const [rewriting, measure] of Object.entries(measures)) {
    bench.progress(measure.measure)
    const ours = await counted(bench, './roster-subject.ts', rewriting as Rewriting)
    const theirs = await counted(bench, './langgraph-subject.ts', rewriting as Rewriting)
    results.push(await resultOf(measure, compare([ours.bytes], [theirs.bytes]), () => parts(ours.url)))
  }
  return results
}

async function counted(
  { server }: Bench,
  module: string,
  rewriting: Rewriting,
): Promise<{ readonly bytes: number; readonly url: string }> {
  const url = await server.database(`disk_${module.replaceAll(/\W/g, '')}_${rewriting}`)
  await using subject = await spawnSubject(import.meta.resolve(module), { url, rewriting } satisfies DiskOptions)
  await subject.run(stepsBefore)
  const before = await bytesOnDisk(url)
  const { count } = await subject.run(stepsCounted)
  return { bytes: ((await bytesOnDisk(url)) - before) / count, url }
}
