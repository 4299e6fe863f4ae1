import { colleagueStream, defaultLevel, own, rebuild, streamName, type AutonomyLevel, type Json } from '@roster/core'

import type { Ordered, TrustOperations } from '../client/trust-operations.ts'
import { budget, raise } from './budget.ts'
import { can } from './can.ts'
import type { OperationsContext } from './context.ts'
import { drill } from './drill.ts'
import { ordered } from './ordered.ts'
import { sha256 } from '../sha256.ts'
import { reinstate, revoke } from './revoke.ts'
import { raiseWindow, windows } from './windows.ts'
import { rosterView } from './roster-view.ts'

/** What people decide about who may do what, on a running team. */
export function trustOperations(context: OperationsContext): TrustOperations {
  return {
    stop: async ({ who, by, because }) =>
      await ordered(context, { to: target(context, who), type: 'terms.stop', by, payload: { because } }),
    resume: async ({ who, by }) =>
      await ordered(context, { to: target(context, who), type: 'terms.resume', by, payload: {} }),
    revoke: async (given) => await revoke(context, given),
    reinstate: async (given) => await reinstate(context, given),
    promote: async (query) => await promote(context, query),
    withdraw: async ({ approval, by }) =>
      await ordered(context, {
        to: colleagueStream(context.team, by),
        type: 'approval.withdraw',
        by,
        payload: { approval },
      }),
    budget: async (task) => await budget(context, task),
    raise: async (given) => await raise(context, given),
    windows: async () => await windows(context),
    raiseWindow: async (given) => await raiseWindow(context, given),
    consent: async ({ thing, digest, by }) =>
      await ordered(context, { to: ofTeam(context), type: 'change.consent', by, payload: { thing, digest } }),
    signReady: async ({ digest, gaps, by }) =>
      await ordered(context, { to: ofTeam(context), type: 'ready.signed', by, payload: { digest, gaps: [...gaps] } }),
    drill: async ({ by }) => await drill(context, by),
    can: async (query) => await can(context.team, query),
  }
}

function ofTeam({ team }: OperationsContext): string {
  return streamName.team(team.name)
}

/** `team` and `all` are the same as long as a store has one team. */
function target({ team }: OperationsContext, who: string): string {
  const isTeam = own(team.colleagues, who) === undefined && (who === 'team' || who === 'all')
  return isTeam ? streamName.team(team.name) : colleagueStream(team, who)
}

async function promote(
  context: OperationsContext,
  { who, level, by, because }: Parameters<TrustOperations['promote']>[0],
): Promise<Ordered> {
  const { store, team } = context
  const to = colleagueStream(team, who)
  await store.catchUp(rosterView)
  const [row] = await store.rows(rosterView.name, `colleague/${who}`)
  // What it has done so far stands beside the decision: it is what the decision was made on.
  const evidence = row === undefined ? null : (JSON.parse(row.value) as Json)
  const done = await ordered(context, { to, type: 'terms.level', by, payload: { level, because, evidence } })
  return { ...done, before: await levelAt(context, to, who, done.version - 1) }
}

/** The level at a version: what was decided, by people or by a demotion of its own, else what its author declares. */
async function levelAt(
  { store, team }: OperationsContext,
  to: string,
  who: string,
  version: number,
): Promise<AutonomyLevel> {
  const records = await store.read(to, { to: version })
  const { state } = rebuild(records, sha256, { state: null, hash: '0'.repeat(64) })
  return state?.terms?.level ?? team.colleagues[who]?.autonomy ?? defaultLevel
}
