import type { Operations } from 'roster/client'
import type { DeskEvent } from '../desk-event.ts'
import { stateText } from '../record-events.ts'
import type { Ended } from './desk-right.ts'

export type ReplayEvent = Extract<DeskEvent, { type: 'replay' }>

/** One refused task, stepped again from its records to the moment of the refusal: no model, tool or network is touched. */
export async function replayRefusal(operations: Operations, ends: readonly Ended[]): Promise<ReplayEvent | null> {
  const refused = ends.filter(({ summary }) => summary?.status === 'refused')
  const chosen = refused.find(({ summary }) => summary?.error?.code === 'bank-account-changed') ?? refused[0]
  if (chosen === undefined) return null
  const { task, incoming } = chosen.work
  const { steps, why, verified } = await operations.replay({ subject: task })
  const own = steps.filter(({ stream }) => stream.endsWith(`/task/${task}`))
  const states = own.map(({ version, after }) => ({ version, state: stateText(after) }))
  return { type: 'replay', task, document: incoming.name, states, why, verified }
}
