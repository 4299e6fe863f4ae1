import { reviveActor, stateDigest, unborn, type Actor, type ActorState } from '../actor/actor.ts'
import type { Definition } from '../actor/definition.ts'
import type { Addressee } from '../actor/skill.ts'
import type { StepContext } from '../actor/step.ts'
import { failureOf, type Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { Sha256 } from '../json/sha256.ts'
import { difference, patched, type Operation } from '../record/patch.ts'
import type { StoredRecord } from '../record/record.ts'
import { parseStream, streamName, type StreamName } from '../stream/stream-name.ts'
import type { Team } from '../team/team.ts'
import { recordedOf, stepAgain } from './again.ts'
import { parseRecord, type ParsedRecord } from './rebuild.ts'
import { recipientsOf } from './recipients.ts'

/** The first place where stepping again gives something else than was recorded. */
export interface Divergence {
  readonly version: number
  readonly expected: Json
  /** What stepping again gives; `null` when it fails. */
  readonly actual: Json
  /** From the expected to the actual state. */
  readonly patch: readonly Operation[]
  readonly recordedDefinition: string
  readonly presentDefinition: string
  /** Why stepping again fails, if it does. */
  readonly error?: Failure
}

/** What stepping a history again proved. */
export type Restepped =
  | { readonly kind: 'same'; readonly steps: number; readonly state: ActorState | null }
  | { readonly kind: 'diverged'; readonly divergence: Divergence }

/**
 * Steps a stream's history again, with the recorded answers, and compares every state digest. No model, tool or network is touched:
 * what effects answered is in the records.
 *
 * @throws RosterError `chain-broken` when the records themselves were changed.
 */
// oxlint-disable-next-line max-params -- what is stepped again, on what, and the hash it is compared by
export function restep(
  team: Team,
  stream: string,
  definition: Definition,
  records: readonly StoredRecord[],
  sha256: Sha256,
): Restepped {
  let actor = unborn(stream, definition)
  let recorded: Json = null
  for (const stored of records) {
    const parsed = parseRecord(stored, actor.hash, sha256)
    recorded = patched(recorded, parsed.body.patch)
    const tried = tryAgain(actor, parsed, contextOf(parsed, sha256, team))
    if (tried.actor === undefined || stateDigest(tried.actor.state, sha256) !== parsed.envelope.stateDigest) {
      return { kind: 'diverged', divergence: divergenceOf(parsed, recorded, tried, definition) }
    }
    actor = tried.actor
  }
  return { kind: 'same', steps: records.length, state: actor.state }
}

interface Tried {
  readonly actor?: Actor
  readonly error?: Failure
}

function tryAgain(actor: Actor, parsed: ParsedRecord, context: StepContext): Tried {
  const { version, hash } = parsed.stored
  const at = { version, hash, final: parsed.envelope.outcome !== undefined }
  try {
    const state = stepAgain(actor, recordedOf(parsed), context)?.next ?? actor.state
    // Revived from data at each step, as after a crash: what a live snapshot holds beyond the data must not matter.
    return { actor: state === null ? { ...actor, ...at } : reviveActor(actor.stream, actor.definition, at, state) }
  } catch (error) {
    return { error: failureOf(error) }
  }
}

/** Whoever of a role got the work then gets it again: the record says who, in the order in which its messages were made. */
function contextOf({ envelope }: ParsedRecord, sha256: Sha256, team: Team): StepContext {
  let recipients: StreamName[] | undefined
  const addressee = (to: Addressee): StreamName => {
    const then = (recipients ??= recipientsOf(envelope, sha256)).shift()
    return 'role' in to ? (then ?? '') : streamOf(team, to.name, envelope.stream)
  }
  return { sha256, now: envelope.at, addressee }
}

/** A colleague that left the team since then is still who was meant: only its kind must be guessed. */
function streamOf(team: Team, name: string, stream: StreamName): StreamName {
  return streamName[team.colleagues[name]?.kind ?? 'agent'](parseStream(stream).team, name)
}

function divergenceOf(
  { envelope, stored }: ParsedRecord,
  expected: Json,
  tried: Tried,
  definition: Definition,
): Divergence {
  const actual = (tried.actor?.state ?? null) as unknown as Json
  return {
    version: stored.version,
    expected,
    actual,
    patch: difference(expected, actual),
    recordedDefinition: envelope.who.digest,
    presentDefinition: definition.digest,
    ...(tried.error === undefined ? {} : { error: tried.error }),
  }
}
