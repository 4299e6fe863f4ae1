import {
  isLimited,
  isRosterError,
  limitIds,
  nothing,
  RosterError,
  streamName,
  windowAmounts,
  windowBudget,
  type Amounts,
  type Window,
} from '@roster/core'

import type { Ordered, TrustOperations, WindowRow } from '../client/trust-operations.ts'
import { waitingStreams } from './budget.ts'
import type { OperationsContext } from './context.ts'
import { ordered } from './ordered.ts'

/** The windows that a team declares, with what was used of their present stretches. */
export async function windows(context: OperationsContext): Promise<readonly WindowRow[]> {
  const { team, store, clock } = context
  return await Promise.all(
    declared(team).map(async ({ whose, window }) => {
      const begun = await store.budget(windowBudget(whose, window, clock.now()))
      const { granted, held, used } = begun ?? { granted: windowAmounts(window), held: nothing, used: nothing }
      const until = (Math.floor(clock.now() / window.perMs) + 1) * window.perMs
      return { window: whose, until, granted: limitsIn(granted), held, used }
    }),
  )
}

/** Gives the present stretch of a window more, and lets what waits go on: what waits for something else goes on waiting. */
export async function raiseWindow(
  context: OperationsContext,
  { window: whose, by, amounts }: Parameters<TrustOperations['raiseWindow']>[0],
): Promise<readonly Ordered[]> {
  const { team, clock } = context
  const found = declared(team).find((one) => one.whose === whose)
  if (found === undefined)
    throw new RosterError('usage', `the team declares no window of "${whose}"`, {
      path: 'window',
      hint: `It declares ${
        declared(team)
          .map((one) => one.whose)
          .join(', ') || 'none'
      }; a task is raised by its id.`,
    })
  const payload = { amounts, window: windowBudget(whose, found.window, clock.now()) }
  const raised = await ordered(context, { to: streamName.team(team.name), type: 'limit.raised', by, payload })
  const going: Ordered[] = []
  for (const waiting of await waitingStreams(context)) going.push(...(await lettingTry(context, waiting, by)))
  return [raised, ...going]
}

/** Nothing more is given to what waits: it is only let try again. What still cannot be paid for goes on waiting. */
async function lettingTry(
  context: OperationsContext,
  { task, stream: to }: { readonly task: string; readonly stream: string },
  by: string,
): Promise<readonly Ordered[]> {
  try {
    return [await ordered(context, { to, type: 'limit.raised', by, task, payload: { amounts: { toolCalls: 0 } } })]
  } catch (error) {
    if (isRosterError(error, 'over-limit')) return []
    throw error
  }
}

function declared({
  colleagues,
  window,
}: OperationsContext['team']): readonly { readonly whose: string; readonly window: Window }[] {
  const own = Object.values(colleagues).flatMap((one) =>
    one.window === undefined ? [] : [{ whose: one.name, window: one.window }],
  )
  return window === undefined ? own : [...own, { whose: 'team', window }]
}

function limitsIn(granted: Amounts): WindowRow['granted'] {
  return Object.fromEntries(
    limitIds.map((id) => [id, isLimited(granted[id]) ? granted[id] : null]),
  ) as WindowRow['granted']
}
