import { colleagueStream } from '@roster/core'

import type { ColleagueSummary } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { rosterView, type ColleagueRow, type JobRow, type TotalsRow } from './roster-view.ts'

/** Everybody on the roster: what they do now, what they did, at what cost. */
export async function who({ store, team }: OperationsContext): Promise<readonly ColleagueSummary[]> {
  await store.catchUp(rosterView)
  const depths = new Map((await store.mailboxes()).map((depth) => [depth.stream, depth]))
  const rows = new Map((await store.rows(rosterView.name)).map(({ key, value }) => [key, value]))
  const jobs = [...rows].filter(([key]) => key.startsWith('job/')).map(([, value]) => JSON.parse(value) as JobRow)
  return Object.values(team.colleagues).map(({ name, kind, role, owner, version }) => {
    const row = JSON.parse(rows.get(`colleague/${name}`) ?? '{}') as Partial<ColleagueRow>
    const open = jobs
      .filter(({ colleague }) => colleague === name)
      .map(({ job, task, kind: work, state }) => ({ job, task, kind: work, state }))
    const { messages: waiting = 0, oldestMs = 0 } = depths.get(colleagueStream(team, name)) ?? {}
    const { state = null, done = 0, failed = 0, denials = 0, costMicroUsd = 0 } = row
    return { name, kind, role, owner, version, state, open, waiting, oldestMs, done, failed, denials, costMicroUsd }
  })
}

/** Counts over everything recorded. */
export async function totals({ store }: OperationsContext): Promise<TotalsRow> {
  await store.catchUp(rosterView)
  const row = (await store.rows(rosterView.name, 'totals'))[0]
  return row === undefined
    ? { records: 0, denials: 0, costMicroUsd: 0, bytes: 0 }
    : (JSON.parse(row.value) as TotalsRow)
}
