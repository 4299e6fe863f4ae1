import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Operations, TaskSummary, Verification } from 'roster/client'
import { Payment } from '../../payments/payment.ts'
import type { Desk } from '../desk.ts'
import { contentOf } from '../incoming.ts'
import { hasEnded, outcomeWord, standing, type Work } from '../work.ts'
import { denialsIn, type DenialEvent } from './denials.ts'
import { rightlyEnded, type Ended } from './desk-right.ts'
import { askedPeople, countDecisions, recordsIn, type Recorded } from './history.ts'
import { scoreModel, share, type Score } from './model-right.ts'
import { replayRefusal, type ReplayEvent } from './replay-refusal.ts'
import type { Summary } from './summary.ts'
import { truthOf } from './truth.ts'
import { wrongPayments } from './wrong-payments.ts'

/** What a run came to. */
export interface Assessment {
  readonly ends: readonly Ended[]
  readonly right: readonly Ended[]
  readonly model: Score
  readonly wrong: readonly Payment[]
  readonly verification: Verification
  readonly denials: readonly DenialEvent[]
  /** A refused task, stepped again; null where none was refused. */
  readonly replay: ReplayEvent | null
  readonly scripted: boolean
  readonly summary: Summary
  /** Whether every task ended as it should. */
  readonly isGood: boolean
}

interface Assessed {
  readonly desk: Desk
  readonly works: readonly Work[]
  readonly folder: string
  readonly scripted: boolean
}

/** Looks at everything that is on record and in the ledger, and at the documents once more. */
export async function assess({ desk, works, folder, scripted }: Assessed): Promise<Assessment> {
  const { operations } = desk
  const summaries = await standing(operations, works)
  const records = await recordsOf(operations, works)
  const asked = askedPeople(records)
  const ends = await Promise.all(works.map((work) => endOf(work, summaries, asked)))
  const right = rightlyEnded(ends)
  const truths = new Map(ends.flatMap(({ work, truth }) => (truth === undefined ? [] : [[work.hash, truth] as const])))
  const wrong = wrongPayments(await paymentsIn(folder), truths)
  const verification = await operations.verify()
  const totals = await operations.totals()
  const model = scoreModel(records)
  const denials = await denialsIn(operations, works, (task) => (summaries.get(task)?.denials ?? 0) > 0)
  const replay = await replayRefusal(operations, ends)
  const summary: Summary = {
    type: 'summary',
    tasks: works.length,
    outcomes: countOutcomes([...summaries.values()]),
    approvals: countDecisions(records),
    denials: sum([...summaries.values()].map((one) => one.denials)),
    records: totals.records,
    costMicroUsd: totals.costMicroUsd,
    modelRight: share(model),
    deskRight: share({ right: right.length, asked: ends.length }),
    wrongPayments: wrong.length,
    verified: verification.verified,
    seconds: Math.round(performance.now()) / 1000,
  }
  const isGood = right.length === ends.length && wrong.length === 0 && verification.verified
  const allEnded = [...summaries.values()].every(hasEnded)
  return { ends, right, model, wrong, verification, denials, replay, scripted, summary, isGood: isGood && allEnded }
}

/** Everything on record of these tasks; of a long history the rest is not read. */
async function recordsOf(operations: Operations, works: readonly Work[]): Promise<readonly Recorded[]> {
  const records: Recorded[] = []
  for (const { task } of works) records.push(...recordsIn(await operations.export({ task })))
  return records
}

async function endOf(
  work: Work,
  summaries: ReadonlyMap<string, TaskSummary>,
  asked: ReadonlySet<string>,
): Promise<Ended> {
  const truth = truthOf(await contentOf(work.incoming), work.incoming.expected)
  return { work, summary: summaries.get(work.task), truth, asked: asked.has(work.task) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function countOutcomes(summaries: readonly TaskSummary[]): Record<string, number> {
  const counts: Record<string, number> = { paid: 0, credited: 0, declined: 0, refused: 0 }
  for (const summary of summaries) counts[outcomeWord(summary)] = (counts[outcomeWord(summary)] ?? 0) + 1
  return counts
}

/** The ledger as it stands on the disk, whoever writes it. A last line that is being written does not count yet. */
async function paymentsIn(folder: string): Promise<readonly Payment[]> {
  const text = await readFile(join(folder, 'payments.jsonl'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => Payment.parse(JSON.parse(line)))
}
