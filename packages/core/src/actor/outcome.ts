import { validate } from '../contract/validate.ts'
import type { Failure } from '../error/failure.ts'
import { failureOf, isFailure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { Definition } from './definition.ts'
import type { MachineState } from './machine.ts'

/** How an actor ended: every ask ends in exactly one of these. */
export type Outcome =
  | { readonly status: 'done'; readonly output: Json }
  | { readonly status: 'failed' | 'refused' | 'cancelled' | 'stopped' | 'revoked'; readonly error: Failure }

/** The outcome of a machine that has come to its end, its output checked against the contract; `null` while it goes on. */
export function outcomeOf(definition: Definition, machine: MachineState): Outcome | null {
  if (machine.status === 'active') return null
  if (machine.status === 'error') return { status: 'failed', error: failureOf(machine.error) }
  if (machine.status === 'stopped')
    return { status: 'stopped', error: { code: 'stopped', message: 'The actor was stopped.' } }
  const output = machine.output ?? null
  if (isRefusal(output)) return { status: output.status, error: output.error }
  if (definition.output === undefined) return { status: 'done', output }
  const checked = validate(definition.output, output, 'output-invalid', `the output of ${definition.id}`)
  return checked.ok ? { status: 'done', output: checked.value } : { status: 'failed', error: checked.failure }
}

/** What a machine's final state puts out to end in another way than done. */
export interface Refusal {
  readonly status: 'refused' | 'failed' | 'cancelled'
  readonly error: Failure
}

function isRefusal(output: unknown): output is Refusal {
  if (typeof output !== 'object' || output === null || !('status' in output) || !('error' in output)) return false
  const { status, error } = output
  return (status === 'refused' || status === 'failed' || status === 'cancelled') && isFailure(error)
}
