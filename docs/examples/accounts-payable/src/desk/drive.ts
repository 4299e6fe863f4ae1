import { setTimeout as delay } from 'node:timers/promises'
import { isRosterError } from 'roster'
import type { InboxItem, TaskSummary } from 'roster/client'
import type { Desk } from './desk.ts'
import type { DeskEvent } from './desk-event.ts'
import { eventsOf } from './record-events.ts'
import { hasEnded, standing, type Work } from './work.ts'

/** How a person answers: the script, or somebody at the terminal; `undefined` leaves it in the inbox. */
export interface People {
  readonly by: 'script' | 'person'
  decide(item: InboxItem, work: Work): Promise<Decided | undefined>
}

export interface Decided {
  readonly decision: 'approved' | 'declined'
  readonly reason: string
}

/** How long one look at the records waits for the next, in milliseconds. */
const lookMs = 60

interface Driven {
  readonly desk: Desk
  readonly works: readonly Work[]
  readonly people: People
  readonly tell: (event: DeskEvent) => void
  /** Position of the last record that is told already. */
  readonly after: number
}

/** Follows the records until every task has ended, or waits for somebody who does not decide now; brings the people's decisions. */
export async function drive(driven: Driven): Promise<void> {
  const { desk, works } = driven
  const byTask = new Map(works.map((work) => [work.task, work]))
  const left = new Set<string>()
  const decided = new Set<string>()
  for (let position = driven.after; ;) {
    const last = await tellNew(driven, byTask, position)
    if (last > position) {
      position = last
      continue
    }
    const summaries = [...(await standing(desk.operations, works)).values()]
    const any = await decideAll({ ...driven, byTask, left, decided, quiet: !summaries.some(isRunning) })
    if (!any && summaries.length === works.length && summaries.every((one) => hasEnded(one) || isLeft(one, left)))
      return
    await Promise.race([desk.idle(), delay(lookMs)])
    await delay(lookMs)
  }
}

/** Tells what was recorded after a position; answers the position of the last record. */
async function tellNew({ desk, tell }: Driven, byTask: ReadonlyMap<string, Work>, after: number): Promise<number> {
  const records = await desk.operations.log({ after, limit: 500 })
  for (const { envelope } of records) {
    const work = byTask.get(envelope.correlationId)
    if (work === undefined) continue
    for (const event of await eventsOf(desk.operations, work, envelope)) tell(event)
  }
  return records.at(-1)?.position ?? after
}

interface Deciding extends Pick<Driven, 'desk' | 'people' | 'tell'> {
  readonly byTask: ReadonlyMap<string, Work>
  /** Items that nobody decides now. */
  readonly left: Set<string>
  /** Items that were decided; they stay in the inbox until the decision has arrived. */
  readonly decided: Set<string>
  /** Whether nothing else is under way, so that a question disturbs nothing. */
  readonly quiet: boolean
}

/** Asks about everything in the inbox that belongs to these tasks; answers whether anything was decided. */
async function decideAll(deciding: Deciding): Promise<boolean> {
  const { desk, byTask, left, decided } = deciding
  let any = false
  for (const item of await desk.operations.inbox()) {
    const work = byTask.get(item.task)
    if (work === undefined || left.has(item.item) || decided.has(item.item)) continue
    any = (await decideOne(deciding, item, work)) || any
  }
  return any
}

async function decideOne(
  { desk, people, tell, left, decided, quiet }: Deciding,
  item: InboxItem,
  work: Work,
): Promise<boolean> {
  if (people.by === 'person' && !quiet) return false
  const answer = await people.decide(item, work)
  if (answer === undefined) {
    left.add(item.item)
    return false
  }
  decided.add(item.item)
  try {
    await desk.operations.decide({ item: item.item, person: item.person, ...answer })
  } catch (error) {
    // Somebody else has decided since the inbox was read: another desk on the same folder, or a person with the command line.
    if (isRosterError(error, 'unknown-record')) return false
    throw error
  }
  const { person, tool, task } = item
  tell({ type: 'approval', task, document: work.incoming.name, person, tool, decision: answer.decision, by: people.by })
  return true
}

function isRunning({ status }: TaskSummary): boolean {
  return status === 'running'
}

function isLeft({ status, waitingOn }: TaskSummary, left: ReadonlySet<string>): boolean {
  return status === 'waiting' && waitingOn.every(({ item }) => left.has(item))
}
