import type { Group } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf } from '../measure/result.ts'
import { interleaved } from '../measure/rounds.ts'
import { rate } from '../measure/sample.ts'
import { limitsOf } from '../server/limits.ts'
import { spawnSubject } from '../subject/spawn.ts'
import { measures } from './measures.ts'
import { modes, type Mode } from './modes.ts'
import type { ReplayOptions } from './replay-subject.ts'

/** How fast an actor comes back from its records. */
export const replayGroup: Group = async ({ server, progress }) => {
  const url = await server.database('replay')
  progress('writing a history of 10,000 records')
  await using subject = await spawnSubject(import.meta.resolve('./replay-subject.ts'), { url } satisfies ReplayOptions)
  const run = (mode: Mode) => subject.run(modes.indexOf(mode))
  progress('warming up')
  for (const mode of [...modes, ...modes]) await run(mode)
  const samples = await interleaved(
    {
      verified: () => run('verified'),
      transition: () => run('transition'),
      cold: () => run('cold'),
      naive: () => run('naive'),
    },
    progress,
  )
  const milliseconds = (name: keyof typeof samples): readonly number[] =>
    samples[name].map(({ seconds }) => seconds * 1000)
  return [
    await resultOf(measures.verified, compare(samples.verified.map(rate), samples.transition.map(rate)), () =>
      limitsOf(server, subject, modes.indexOf('verified')),
    ),
    await resultOf(measures.cold, compare(milliseconds('cold'), milliseconds('naive')), () =>
      limitsOf(server, subject, modes.indexOf('cold')),
    ),
  ]
}
