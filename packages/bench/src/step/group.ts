import { diskResults } from '../disk/results.ts'
import type { Group } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf } from '../measure/result.ts'
import { interleaved } from '../measure/rounds.ts'
import { rate } from '../measure/sample.ts'
import { installPeers } from '../peers/install.ts'
import { limitsOf } from '../server/limits.ts'
import { spawnSubject } from '../subject/spawn.ts'
import { measures } from './measures.ts'
import { rosterSubject } from './trust-group.ts'

/** Seconds of one slice. */
const slice = 5
const warmUp = 3

/** The durable step, beside those of peers; and what it leaves on the disk. */
export const stepGroup: Group = async (bench) => {
  const { server, progress } = bench
  await installPeers(progress)
  progress('opening')
  await using on = await rosterSubject(server, 'step_roster', true)
  await using dbos = await spawnSubject(import.meta.resolve('./dbos-subject.ts'), {
    url: await server.database('step_dbos'),
  })
  await using langgraph = await spawnSubject(import.meta.resolve('./langgraph-subject.ts'), {
    url: await server.database('step_langgraph'),
  })

  progress('warming up')
  for (const subject of [on, dbos, langgraph]) await subject.run(warmUp)
  const samples = await interleaved(
    {
      Roster: () => on.run(slice),
      DBOS: () => dbos.run(slice),
      'LangGraph.js': () => langgraph.run(slice),
    },
    progress,
  )
  const rates = (name: keyof typeof samples): readonly number[] => samples[name].map(rate)
  const tails = (name: keyof typeof samples): readonly number[] => samples[name].map(({ p99Ms = Number.NaN }) => p99Ms)
  const limits = (): Promise<string> => limitsOf(server, on, slice)
  return [
    await resultOf(measures.dbos, compare(rates('Roster'), rates('DBOS')), limits),
    await resultOf(measures.langgraph, compare(rates('Roster'), rates('LangGraph.js')), limits),
    await resultOf(measures.p99, compare(tails('Roster'), tails('DBOS')), limits),
    ...(await diskResults(bench)),
  ]
}
