import { isRosterError, type TeamOf } from 'roster'
import { assess } from './report/assess.ts'
import type { DeskOptions } from './options.ts'
import { openDesk, type Desk } from './desk.ts'
import type { DeskEvent } from './desk-event.ts'
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

/**
 * Brings the documents, follows the work to its end, and says what it came to. Answers whether every task ended as it should. When the
 * process that hosted the team ends meanwhile, this one takes over: a document that is brought again is the same task.
 */
export async function runDesk(run: Run): Promise<boolean> {
  try {
    return await runOnce(run)
  } catch (error) {
    if (!isRosterError(error, 'store-unavailable')) throw error
    return await runOnce(run)
  } finally {
    run.reporter.hold()
  }
}

async function runOnce(run: Run): Promise<boolean> {
  const { team, folder, options, people, reporter } = run
  const incoming = await incomingDocuments(options.documents)
  reporter.opening(folder)
  await using desk = await openDesk(team, folder)
  const scripted = team.models['clerk']?.name === 'scripted'
  reporter.tell(started(run, desk, incoming.length))
  const { records } = await desk.operations.totals()
  const works = await publishAll(desk.operations, incoming, reporter.tell)
  const before = [...(await standing(desk.operations, works)).values()]
  const isDone = works.every(({ known }) => known) && before.every(hasEnded)
  if (isDone) reporter.tell({ type: 'nothing-left', tasks: works.length })
  await drive({ desk, works, people, tell: reporter.tell, after: records })
  reporter.hold()
  const assessment = await assess({ desk, works, folder, scripted })
  reporter.report(assessment, folder)
  return assessment.isGood
}

function started({ team, folder, options, people }: Run, { hostedElsewhere }: Desk, documents: number): DeskEvent {
  if (hostedElsewhere && options.modelErrors !== null) {
    const message = `another process hosts the team in ${folder}, with a model of its own`
    throw new UsageError(message, 'leave out --model-errors, stop that process, or use --fresh')
  }
  const model = team.models['clerk']?.name ?? 'none'
  const asked = people.by === 'script' ? 'played by a script' : 'asked in this terminal'
  return {
    type: 'started',
    team: team.name,
    folder,
    model,
    scripted: model === 'scripted',
    people: asked,
    hostedElsewhere,
    documents,
  }
}
