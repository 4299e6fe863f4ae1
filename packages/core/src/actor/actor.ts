import type { AnyMachineSnapshot } from 'xstate'

import type { Terms } from '../autonomy/terms.ts'
import type { Approval } from '../approval/approval.ts'
import type { Endorsement } from '../approval/endorsement.ts'
import { RosterError } from '../error/roster-error.ts'
import { canonical } from '../json/canonical.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { Label } from '../message/label.ts'
import { genesis } from '../record/seal.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Version } from '../stream/version.ts'
import type { EffectRequest } from './consequence.ts'
import type { Definition } from './definition.ts'
import { revive, type MachineState } from './machine.ts'
import type { SkillKind } from './skill.ts'

/** Version of the shape of {@link ActorState}. */
export const stateSchema = 1

/** An invocation that has not ended. */
export interface Open {
  readonly skill: SkillKind
  /** The name under which the machine invokes it. */
  readonly src: string
  /** The id of the pending row or the message that will end it. */
  readonly cause: string
  /** For an ask: whose work it is. */
  readonly to?: StreamName
}

/** Whom an actor answers, and for what. */
export interface Origin {
  /** The stream that is answered: a colleague's asker, a task's client. */
  readonly replyTo: StreamName
  /** The id of the ask (a job) or of the task. */
  readonly askId: string
  readonly correlationId: string
  /** Which kind of work or task. */
  readonly kind: string
  /** On whose behalf, the first asker first; left out when a playbook asks by itself. */
  readonly onBehalfOf?: readonly string[]
}

/** All that an actor is, as data. Its records are patches of this. */
export interface ActorState {
  readonly schema: number
  readonly definition: string
  readonly machine: MachineState
  readonly open: { readonly [child: string]: Open }
  /** Delayed events that are set: the id of the pending row of each. */
  readonly timers: { readonly [timer: string]: string }
  /** How often each state with a bound of rounds was led to; only where a definition has such bounds. */
  readonly rounds?: { readonly [state: string]: number }
  readonly origin: Origin | null
  readonly label: Label
  readonly approvals: readonly Approval[]
  readonly endorsements: readonly Endorsement[]
  /** How often it has asked for each use of a tool; only where its definition has a bound of repetitions. */
  readonly repeats?: { readonly [call: string]: number }
  /** Effects that wait for a limit to be raised; they are open, and nothing of them has started. */
  readonly unpaid?: readonly EffectRequest[]
  /** Of a colleague or the team: on which terms it works, if people have decided any. */
  readonly terms?: Terms
}

/** An actor in memory: its state as data, the live snapshot, and where its stream stands. */
export interface Actor {
  readonly stream: StreamName
  readonly definition: Definition
  readonly version: Version
  /** Hash of its last record. */
  readonly hash: string
  /** `null` before its first record. */
  readonly state: ActorState | null
  readonly snapshot: AnyMachineSnapshot | null
  readonly final: boolean
}

/** An actor that has no record yet. */
export function unborn(stream: StreamName, definition: Definition): Actor {
  return { stream, definition, version: 0, hash: genesis, state: null, snapshot: null, final: false }
}

/**
 * An actor from its kept state.
 *
 * @throws RosterError `definition-changed` when the definition's machine does not have the state that was kept.
 */
export function reviveActor(
  stream: StreamName,
  definition: Definition,
  at: { readonly version: Version; readonly hash: string; readonly final: boolean },
  state: ActorState,
): Actor {
  if (state.machine.value === null) return { stream, definition, ...at, state, snapshot: null }
  const children = Object.fromEntries(Object.entries(state.open).map(([child, open]) => [child, open.src]))
  try {
    return { stream, definition, ...at, state, snapshot: revive(definition.machine, state.machine, children) }
  } catch (cause) {
    const value = JSON.stringify(state.machine.value)
    throw new RosterError(
      'definition-changed',
      `${stream} is in the state ${value}, which ${definition.id} does not have`,
      {
        hint: `It began on ${state.definition}: load that version beside the new one until it has ended.`,
        cause,
      },
    )
  }
}

/** SHA-256 of the canonical state. */
export function stateDigest(state: ActorState | null, sha256: Sha256): string {
  return sha256(`roster.state.1\n${canonical(state)}`)
}
