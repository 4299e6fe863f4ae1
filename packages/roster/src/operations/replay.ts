import {
  definitionOf,
  parseStream,
  restep,
  RosterError,
  streamName,
  type Envelope,
  type Json,
  type StoredRecord,
} from '@roster/core'

import type { Operations, Replay } from '../client/operations.ts'
import { sha256 } from '../sha256.ts'
import type { OperationsContext } from './context.ts'

/**
 * Steps a task with all its jobs, or one actor's stream, again with the recorded answers, and compares every digest. `to` is a version
 * of the subject's own stream; of the jobs, what came before that moment is stepped again.
 */
export async function replay(
  context: OperationsContext,
  { subject, to }: Parameters<Operations['replay']>[0],
): Promise<Replay> {
  const { team, store } = context
  const stream = subject.includes('/') ? subject : streamName.task(team.name, subject)
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
  const related =
    parseStream(stream).kind === 'task'
      ? (await store.readCorrelated(parseStream(stream).name)).filter(
          ({ position }) => to === undefined || position <= last.position,
        )
      : own
  const streams = Map.groupBy(related, (record) => record.stream)
  let state: Json = null
  let divergence: Json = null
  for (const [name, records] of streams) {
    const kind = parseStream(name).kind
    // Of a colleague's stream only the records of this task are at hand: they are shown, not stepped.
    if (kind !== 'task' && kind !== 'job' && name !== stream) continue
    const stepped = stepAgain(context, name, records)
    if (stepped.kind === 'diverged') divergence ??= { stream: name, ...(stepped.divergence as object) }
    else if (name === stream) state = (stepped.state as unknown as { machine?: Json })?.machine ?? null
  }
  return { subject, steps: related.map(stepOf), state, why: whyOf(last), verified: divergence === null, divergence }
}

function stepAgain(
  { team }: OperationsContext,
  stream: string,
  records: readonly StoredRecord[],
): ReturnType<typeof restep> {
  const first = JSON.parse(records[0]?.envelope ?? '{}') as Envelope
  const definition = definitionOf(team, stream, first.cause.kind)
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
