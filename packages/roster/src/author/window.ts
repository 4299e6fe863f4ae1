import { limitIds, RosterError, type Window } from '@roster/core'

import { durationMs, type Duration } from './duration.ts'

/** What may be used in each stretch of time. What is left out has no bound but those of tasks and work. */
export interface WindowOptions {
  /** The length of a stretch: `1 day` begins at midnight, in UTC. */
  readonly per: Duration
  /** Millionths of a US dollar. */
  readonly costMicroUsd?: number
  readonly tokens?: number
  readonly modelCalls?: number
  readonly toolCalls?: number
}

/** A window as a team is loaded with it. @throws RosterError `definition-invalid` when it bounds nothing, or by what is no amount */
export function windowOf(options: WindowOptions | undefined, path: string): { readonly window?: Window } {
  if (options === undefined) return {}
  const { per, ...given } = options
  const amounts = Object.fromEntries(Object.entries(given).filter(([, amount]) => amount !== undefined))
  const isSound =
    Object.keys(amounts).length > 0 &&
    Object.entries(amounts).every(
      ([id, amount]) => limitIds.some((one) => one === id) && Number.isSafeInteger(amount) && amount >= 0,
    )
  if (!isSound)
    throw new RosterError('definition-invalid', `the window of ${path} bounds nothing, or by what is no amount`, {
      path: `${path}.window`,
      hint: "Give it as window: { per: '1 day', costMicroUsd: 5_000_000 }; amounts are whole numbers from 0.",
    })
  return { window: { perMs: durationMs(per), amounts } }
}
