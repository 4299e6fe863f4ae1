import { parseStream, restep, RosterError, streamName, type Envelope, type Json, type StoredRecord } from '@roster/core'

import type { Operations, Replay } from '../client/operations.ts'
import { sha256 } from '../sha256.ts'
import type { OperationsContext } from './context.ts'
import { recordedDefinition } from './recorded-definition.ts'

/**
 * Steps a task with all its jobs, or one actor's stream, again with the recorded answers, and compares every digest. `to` is a version
 * of the subject's own stream; of the jobs, what came before that moment is stepped again.
 */
export async function replay(
  context: OperationsContext,
  { subject, to }: Parameters<Operations['replay']>[0],
): Promise<Replay> {
  const stream = subject.includes('/') ? subject : streamName.task(context.team.name, subject)
  const { own, last } = await ownOf(context, stream, subject, to)
  const related = await relatedOf(context, stream, own, last)
  const { state, divergence } = allAgain(context, stream, related)
  return { subject, steps: related.map(stepOf), state, why: whyOf(last), verified: divergence === null, divergence }
}

/** The records of the subject's own stream up to a version. */
async function ownOf({ store }: OperationsContext, stream: string, subject: string, to: number | undefined) {
  const own = await store.read(stream, to === undefined ? {} : { to })
  const last = own.at(-1)
  if (last === undefined)
    throw new RosterError('unknown-task', `there is no task or stream ${subject}`, {
      path: subject,
      hint: 'Run `roster task list`, or `roster log` to see the streams.',
    })
  if (to !== undefined && last.version < to) {
    throw new RosterError('usage', `${subject} has ${last.version} versions, and ${to} was asked for`, {
      path: 'to',
      hint: `Give a version from 1 to ${last.version}.`,
    })
  }
  return { own, last }
}

/** Of a task everything that it caused until then, of another stream its own records. */
async function relatedOf(
  { store }: OperationsContext,
  stream: string,
  own: readonly StoredRecord[],
  last: StoredRecord,
): Promise<readonly StoredRecord[]> {
  const { kind, name } = parseStream(stream)
  if (kind !== 'task') return own
  return (await store.readCorrelated(name)).filter(({ position }) => position <= last.position)
}

/** Steps every stream of a history again; answers where the subject then is, and the first difference. */
function allAgain(
  context: OperationsContext,
  subject: string,
  related: readonly StoredRecord[],
): { readonly state: Json; readonly divergence: Json } {
  let state: Json = null
  let divergence: Json = null
  for (const [stream, records] of Map.groupBy(related, (record) => record.stream)) {
    const { kind } = parseStream(stream)
    // Of a colleague's stream only the records of this task are at hand: they are shown, not stepped.
    if (kind !== 'task' && kind !== 'job' && stream !== subject) continue
    const stepped = stepAgain(context, stream, records)
    if (stepped.kind === 'diverged') divergence ??= { stream, ...(stepped.divergence as object) }
    else if (stream === subject) state = (stepped.state as unknown as { machine?: Json })?.machine ?? null
  }
  return { state, divergence }
}

function stepAgain(
  { team }: OperationsContext,
  stream: string,
  records: readonly StoredRecord[],
): ReturnType<typeof restep> {
  const first = JSON.parse(records[0]?.envelope ?? '{}') as Envelope
  const definition = recordedDefinition(team, stream, first)
  if (definition === undefined) {
    // A kind that the team does not have was refused: there is no machine, and nothing but the chain to check.
    return { kind: 'same', steps: records.length, state: null }
  }
  return restep(team, stream, definition, records, sha256)
}

function stepOf({ position, stream, version, envelope }: StoredRecord): Replay['steps'][number] {
  const { at, kind, cause, before, after } = JSON.parse(envelope) as Envelope
  return {
    position,
    stream,
    version,
    at,
    kind,
    cause: cause.kind === undefined ? cause.type : `${cause.type} ${cause.kind}`,
    before,
    after,
  }
}

function whyOf({ envelope }: StoredRecord): string {
  const { kind, cause, decisions, outcome } = JSON.parse(envelope) as Envelope
  const denial = decisions.find(({ allowed }) => !allowed)
  const end =
    outcome === undefined
      ? ''
      : `; it ended as ${outcome.status}${outcome.code === undefined ? '' : ` (${outcome.code})`}`
  return `${kind} by ${cause.type} from ${cause.sender}${denial === undefined ? '' : `; denied: ${denial.reason}`}${end}`
}
