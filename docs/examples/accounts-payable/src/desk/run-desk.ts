import type { TeamOf } from 'roster'
import { assess } from './report/assess.ts'
import type { DeskOptions } from './options.ts'
import { openDesk } from './desk.ts'
import { drive, type People } from './drive.ts'
import { incomingDocuments } from './incoming.ts'
import { publishAll } from './publish.ts'
import type { Reporter } from './reporter.ts'
import { UsageError } from './usage-error.ts'
import { hasEnded, standing } from './work.ts'

interface Run {
  readonly team: TeamOf
  readonly folder: string
  readonly options: Pick<DeskOptions, 'documents' | 'modelErrors'>
  readonly people: People
  readonly reporter: Reporter
}

/** Brings the documents, follows the work to its end, and says what it came to. Answers whether every task ended as it should. */
export async function runDesk({ team, folder, options, people, reporter }: Run): Promise<boolean> {
  const incoming = await incomingDocuments(options.documents)
  reporter.opening(folder)
  await using desk = await openDesk(team, folder)
  if (desk.hostedElsewhere && options.modelErrors !== null) {
    throw new UsageError(
      `another process hosts the team in ${folder}, with a model of its own`,
      'leave out --model-errors, stop that process, or use --fresh',
    )
  }
  const model = team.models['clerk']?.name ?? 'none'
  const scripted = model === 'scripted'
  reporter.tell({
    type: 'started',
    team: team.name,
    folder,
    model,
    scripted,
    people: people.by === 'script' ? 'played by a script' : 'asked in this terminal',
    hostedElsewhere: desk.hostedElsewhere,
    documents: incoming.length,
  })
  const { records } = await desk.operations.totals()
  const works = await publishAll(desk.operations, incoming, reporter.tell)
  const standingBefore = [...(await standing(desk.operations, works)).values()]
  if (works.every(({ known }) => known) && standingBefore.every(hasEnded))
    reporter.tell({ type: 'nothing-left', tasks: works.length })
  await drive({ desk, works, people, tell: reporter.tell, after: records })
  reporter.hold()
  const assessment = await assess({ desk, works, folder, scripted })
  reporter.report(assessment, folder)
  return assessment.isGood
}
