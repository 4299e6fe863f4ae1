import { colleagueStream } from '@roster/core'

import type { ColleagueSummary } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { noWork, rosterView, type ColleagueRow, type JobRow, type TotalsRow } from './roster-view.ts'

/** Everybody on the roster: what they do now, what they did, at what cost. */
export async function who({ store, team }: OperationsContext): Promise<readonly ColleagueSummary[]> {
  await store.catchUp(rosterView)
  const depths = new Map((await store.mailboxes()).map((depth) => [depth.stream, depth]))
  const rows = new Map((await store.rows(rosterView.name)).map(({ key, value }) => [key, value]))
  const jobs = [...rows].filter(([key]) => key.startsWith('job/')).map(([, value]) => JSON.parse(value) as JobRow)
  return Object.values(team.colleagues).map(({ name, kind, role, owner, version }) => {
    const text = rows.get(`colleague/${name}`)
    const row = text === undefined ? noWork : (JSON.parse(text) as ColleagueRow)
    const open = jobs
      .filter(({ colleague }) => colleague === name)
      .map(({ job, task, kind: work, state }) => ({ job, task, kind: work, state }))
    const { messages: waiting = 0, oldestMs = 0 } = depths.get(colleagueStream(team, name)) ?? {}
    const { state, barred, done, failed, denials, costMicroUsd } = row
    return {
      name,
      kind,
      role,
      owner,
      version,
      state,
      barred,
      open,
      waiting,
      oldestMs,
      done,
      failed,
      denials,
      costMicroUsd,
    }
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
