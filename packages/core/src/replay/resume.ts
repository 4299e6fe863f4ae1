import { reviveActor, stateDigest, unborn, type Actor, type ActorState } from '../actor/actor.ts'
import type { Definition } from '../actor/definition.ts'
import type { TimerRequest } from '../actor/timing.ts'
import { RosterError } from '../error/roster-error.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { StoredRecord } from '../record/record.ts'
import type { StreamName } from '../stream/stream-name.ts'
import { recordedOf, stepAgain, type Recorded } from './again.ts'
import { parseRecord } from './rebuild.ts'
import { recipientsOf } from './recipients.ts'

/** An actor where a record leaves it, and the delays that it set with it. */
export interface Advanced {
  readonly actor: Actor
  readonly timers: readonly TimerRequest[]
}

/**
 * Advances an actor by a record, whoever made it, and compares the digest of its state with the recorded one. Pure.
 *
 * @throws RosterError `diverged` when this code gives another state than the code that made the record.
 */
export function follow(actor: Actor, recorded: Recorded, hash: string, sha256: Sha256): Advanced {
  const recipients = recipientsOf(recorded, sha256)
  const step = stepAgain(actor, recorded, { sha256, now: recorded.at, addressee: () => recipients.shift() ?? '' })
  const state = step?.next ?? actor.state
  if (stateDigest(state, sha256) !== recorded.stateDigest) throw divergence(actor, recorded)
  const at = { version: recorded.version, hash, final: recorded.outcome !== undefined }
  return {
    actor: { ...actor, ...at, state, snapshot: step?.snapshot ?? actor.snapshot },
    timers: step?.timers ?? [],
  }
}

/** Which delays an actor's state still waits for. */
export function isAwaited(state: ActorState | null, timer: string): boolean {
  if (state === null) return false
  return Object.values(state.timers).includes(timer) || Object.values(state.open).some(({ cause }) => cause === timer)
}

/**
 * An actor from its whole history, with the delays that are set: what whoever keeps its delays needs to go on where another stopped.
 *
 * @throws RosterError `chain-broken`; `diverged` when this code gives another state than the code that made a record.
 */
export function resume(
  stream: StreamName,
  definition: Definition,
  records: readonly StoredRecord[],
  sha256: Sha256,
): Advanced {
  let actor = unborn(stream, definition)
  const timers: TimerRequest[] = []
  for (const stored of records) {
    const parsed = parseRecord(stored, actor.hash, sha256)
    const advanced = follow(revived(actor), recordedOf(parsed), stored.hash, sha256)
    actor = advanced.actor
    timers.push(...advanced.timers)
  }
  return { actor, timers: timers.filter(({ id }) => isAwaited(actor.state, id)) }
}

/** As after a crash: what a live snapshot holds beyond the data must not matter. */
function revived(actor: Actor): Actor {
  const { stream, definition, state } = actor
  return state === null || actor.final ? actor : reviveActor(stream, definition, actor, state)
}

function divergence({ definition, version }: Actor, { stream }: Recorded): RosterError {
  return new RosterError(
    'diverged',
    `record ${version + 1} of ${stream} gives another state in ${definition.id} than then`,
    {
      path: stream,
      hint: 'The machine was changed under the same version: load the one with which the task began.',
    },
  )
}
