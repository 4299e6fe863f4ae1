import { end, start, step, type Step, type StepContext } from '../actor/step.ts'
import { reviveActor, stateDigest, unborn, type Actor, type ActorState } from '../actor/actor.ts'
import { beginningOf, originOf } from '../actor/beginning.ts'
import type { Definition } from '../actor/definition.ts'
import type { Outcome } from '../actor/outcome.ts'
import type { Stimulus } from '../actor/stimulus.ts'
import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'
import type { Sha256 } from '../json/sha256.ts'
import { difference, patched, type Operation } from '../record/patch.ts'
import type { StoredRecord } from '../record/record.ts'
import type { Addressee } from '../actor/skill.ts'
import { colleagueOf, colleagueStream, type Team } from '../team/team.ts'
import { parseRecord, type ParsedRecord } from './rebuild.ts'

/** The first place where stepping again gives something else than was recorded. */
export interface Divergence {
  readonly version: number
  readonly expected: Json
  readonly actual: Json
  /** From the expected to the actual state. */
  readonly patch: readonly Operation[]
  readonly recordedDefinition: string
  readonly presentDefinition: string
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
    const state = again(actor, parsed, contextOf(parsed, sha256, team))?.next ?? actor.state
    if (stateDigest(state, sha256) !== parsed.envelope.stateDigest) {
      return { kind: 'diverged', divergence: divergenceOf(parsed, recorded, state, definition) }
    }
    const at = { version: stored.version, hash: stored.hash, final: parsed.envelope.outcome !== undefined }
    // Revived from data at each step, as after a crash: what a live snapshot holds beyond the data must not matter.
    actor = state === null ? { ...actor, ...at } : reviveActor(stream, definition, at, state)
  }
  return { kind: 'same', steps: records.length, state: actor.state }
}

/** What moved an actor, from its record. */
export function stimulusOf({ envelope: { cause }, body }: ParsedRecord): Stimulus {
  return {
    source: cause.source === 'external' ? 'message' : cause.source,
    id: cause.id,
    ...(body.payload as object),
  } as Stimulus
}

function again(actor: Actor, parsed: ParsedRecord, context: StepContext): Step | undefined {
  const { envelope, body } = parsed
  const stimulus = stimulusOf(parsed)
  if (envelope.kind === 'stepped') {
    if (actor.state !== null) return step(actor, stimulus, context)
    if (stimulus.source !== 'message') return undefined
    const begun = beginningOf(actor.definition, stimulus.message)
    return begun.kind === 'begins' ? start(actor, begun.beginning, stimulus, context) : undefined
  }
  if (envelope.outcome === undefined || envelope.kind === 'deployed') return undefined
  const outcome = { status: envelope.outcome.status, error: body.error as unknown as Failure } as Outcome
  return end(actor, outcome, stimulus, context, stimulus.source === 'message' ? originOf(stimulus.message) : undefined)
}

/** Whoever of a role got the work then gets it again: the record says who. */
function contextOf({ envelope }: ParsedRecord, sha256: Sha256, team: Team): StepContext {
  const recipients = envelope.sent.filter(({ type }) => type !== 'cancel' && type !== 'reply').map(({ to }) => to)
  const addressee = (to: Addressee): string => {
    if ('name' in to) return colleagueStream(team, to.name)
    const index = recipients.findIndex((stream) => colleagueOf(team, stream)?.role === to.role)
    return recipients.splice(index, index < 0 ? 0 : 1)[0] ?? ''
  }
  return { sha256, now: envelope.at, addressee }
}

function divergenceOf(
  { envelope, stored }: ParsedRecord,
  expected: Json,
  actual: ActorState | null,
  definition: Definition,
): Divergence {
  const state = actual as unknown as Json
  return {
    version: stored.version,
    expected,
    actual: state,
    patch: difference(expected, state),
    recordedDefinition: envelope.who.digest,
    presentDefinition: definition.digest,
  }
}
