import { colleagueStream, parseStream, system } from '@roster/core'
import { endRevoked } from '@roster/runtime'

import type { Ordered, Revoked } from '../client/trust-operations.ts'
import type { OperationsContext } from './context.ts'
import { ordered } from './ordered.ts'
import { rosterView, type JobRow } from './roster-view.ts'

/** How long a revocation waits for the end of the jobs, in milliseconds. */
const patienceMs = 15_000

/**
 * Revokes a colleague. Its record comes first, and is what everything else follows from: hosts do nothing in its name from then on, the marks
 * on the heads refuse whoever does not know it yet, and each open job is told.
 */
export async function revoke(
  context: OperationsContext,
  { who, by, because }: { readonly who: string; readonly by: string; readonly because: string },
): Promise<Revoked> {
  const { store, team, clock } = context
  const to = colleagueStream(team, who)
  const done = await ordered(context, { to, type: 'terms.revoke', by, payload: { because } })
  const jobs = await openJobsOf(context, who)
  await store.revoke([to, ...jobs])
  for (const job of jobs) await endRevoked(context.intake, { job, record: done.record, by })
  for (const until = clock.now() + patienceMs; clock.now() < until;) {
    const heads = await Promise.all(jobs.map((job) => store.head(job)))
    if (heads.every((head) => head?.final === true)) break
    await Promise.race([context.changed(until - clock.now()), context.host.idle()])
  }
  return { ...done, jobs }
}

/** Lets a colleague act again. */
export async function reinstate(
  context: OperationsContext,
  { who, by }: { readonly who: string; readonly by: string },
): Promise<Ordered> {
  const to = colleagueStream(context.team, who)
  const done = await ordered(context, { to, type: 'terms.reinstate', by, payload: {} })
  await context.store.reinstate([to])
  return done
}

/** Ends what is still open under colleagues whose heads are marked: whoever revoked them may have died before they told each job. */
export async function endOpenUnderRevoked(context: OperationsContext): Promise<number> {
  const marked = (await context.store.heads()).filter(({ revoked, final }) => revoked && !final)
  let ended = 0
  for (const { stream } of marked) {
    const { kind, name } = parseStream(stream)
    if (kind !== 'agent' && kind !== 'person') continue
    for (const job of await openJobsOf(context, name)) {
      await endRevoked(context.intake, { job, record: 'found open', by: system })
      ended += 1
    }
  }
  return ended
}

async function openJobsOf({ store }: OperationsContext, who: string): Promise<readonly string[]> {
  await store.catchUp(rosterView)
  const rows = await store.rows(rosterView.name)
  const jobs = rows.filter(({ key }) => key.startsWith('job/')).map(({ value }) => JSON.parse(value) as JobRow)
  return jobs.filter(({ colleague }) => colleague === who).map(({ job }) => job)
}
