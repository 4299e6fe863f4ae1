import {
  assertDurable,
  defaultLimits,
  defaultTaskLimits,
  definitionDigest,
  instrumented,
  machineAsData,
  type Definition,
  type Schema,
} from '@roster/core'
import type { AnyStateMachine } from 'xstate'

import { sha256 } from './system.ts'

/** A definition as a loaded team has it: checked, with its digest and its guards reporting. */
export function definition(
  kind: Definition['kind'],
  id: string,
  machine: AnyStateMachine,
  contracts: { readonly input?: Schema; readonly output?: Schema } = {},
): Definition {
  assertDurable(machine, id, { kind })
  return {
    kind,
    id,
    digest: definitionDigest(sha256, { id, machine: machineAsData(machine) }),
    machine: instrumented(machine),
    limits: kind === 'playbook' ? defaultTaskLimits : defaultLimits,
    ...contracts,
  }
}
