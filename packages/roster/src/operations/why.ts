import {
  RosterError,
  type Body,
  type Definition,
  type Envelope,
  type Json,
  type Message,
  type StoredRecord,
  type Approval,
  transitionsOf,
} from '@roster/core'

import type { Operations, Why, WhyRecord } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { task, tasks } from './tasks.ts'

/** The chain behind one record, or everything behind the tasks that have a business key. */
export async function why(context: OperationsContext, query: Parameters<Operations['why']>[0]): Promise<Why> {
  if ('about' in query) {
    const found = await tasks(context, { about: query.about })
    if (found.length === 0)
      throw new RosterError('unknown-task', `no task is about ${query.about}`, {
        path: query.about,
        hint: 'Business keys look like invoice/4711; `roster task list` shows them.',
      })
    const records = (await Promise.all(found.map((one) => context.store.readCorrelated(one.task)))).flat()
    return { question: query.about, tasks: found, chain: records.map((record) => explained(context, record)) }
  }
  const record = await context.store.readRecord(query.record)
  if (record === undefined)
    throw new RosterError('unknown-record', `no record ${query.record} is in the store`, {
      path: query.record,
      hint: 'Run `roster log` to see the ids of records.',
    })
  const related = record.correlationId === '' ? [record] : await context.store.readCorrelated(record.correlationId)
  const known = record.correlationId === '' ? [] : [await task(context, record.correlationId)]
  return {
    question: query.record,
    tasks: known,
    chain: causesOf(record, related).map((one) => explained(context, one)),
  }
}

/** The records that led to this one: each is the one that sent or started what the next was caused by. */
function causesOf(record: StoredRecord, related: readonly StoredRecord[]): readonly StoredRecord[] {
  const chain = [record]
  for (;;) {
    const { cause, stream } = envelopeOf(chain[0] ?? record)
    const source =
      related.find((one) => started(envelopeOf(one), cause.id)) ??
      related.findLast((one) => one.stream === stream && one.version < (chain[0]?.version ?? 0))
    if (source === undefined || chain.includes(source)) return chain
    chain.unshift(source)
  }
}

function started({ sent, effects, timers }: Envelope, id: string): boolean {
  return [...sent, ...effects, ...timers].some((one) => one.id === id)
}

function envelopeOf({ envelope }: StoredRecord): Envelope {
  return JSON.parse(envelope) as Envelope
}

function explained({ team }: OperationsContext, record: StoredRecord): WhyRecord {
  const envelope = envelopeOf(record)
  const body = record.body === null ? undefined : (JSON.parse(record.body) as Body)
  const { id, stream, version, at, kind, who, where, cause, before, after, label, decisions, path, effects, used } =
    envelope
  return {
    record: id,
    position: record.position,
    stream,
    version,
    at,
    kind,
    who,
    where,
    cause,
    before,
    after,
    label,
    decisions,
    guards: path.guards,
    taken: path.taken,
    notTaken: notTaken(team, envelope),
    effects: effects.map(({ skill, name, id: effect }) => ({ skill, name, input: body?.inputs[effect] ?? null })),
    answer: answerOf(body),
    approvals: approvalsOf(body),
    thinking: thinkingOf(body),
    costMicroUsd: used.costMicroUsd,
    error: body?.error ?? null,
  }
}

/** What the states that were left would have done with the same events in other circumstances. */
function notTaken(team: OperationsContext['team'], { who, path: { taken } }: Envelope): WhyRecord['notTaken'] {
  const machine = definitionNamed(team, who.definition)?.machine
  if (machine === undefined) return []
  const asked = new Set(taken.map(({ source, event }) => JSON.stringify([source, event])))
  const went = new Set(taken.map(({ source, event, target }) => JSON.stringify([source, event, target])))
  return transitionsOf(
    machine,
    taken.map(({ source }) => source),
  )
    .filter(({ source, event, target }) => {
      const isSame = asked.has(JSON.stringify([source, event]))
      return isSame && !went.has(JSON.stringify([source, event, target]))
    })
    .map(({ event, guard, target }) => ({ event, guard, target }))
}

/** A definition by the id that records carry; `undefined` when the team has another version of it now. */
function definitionNamed({ playbooks, colleagues }: OperationsContext['team'], id: string): Definition | undefined {
  const all = [
    ...Object.values(playbooks).map(({ definition }) => definition),
    ...Object.values(colleagues).flatMap(({ duty, accepts }) => [
      duty,
      ...Object.values(accepts).map(({ definition }) => definition),
    ]),
  ]
  return all.find((definition) => definition.id === id)
}

function answerOf(body: Body | undefined): Json {
  const payload = (body?.payload ?? null) as { outcome?: Json; message?: Message } | null
  return payload?.outcome ?? payload?.message?.payload ?? null
}

function thinkingOf(body: Body | undefined): WhyRecord['thinking'] {
  const { model, prompt, tried = [] } = (body?.evidence ?? {}) as unknown as Partial<NonNullable<WhyRecord['thinking']>>
  return model === undefined || prompt === undefined ? null : { model, prompt, tried }
}

function approvalsOf(body: Body | undefined): WhyRecord['approvals'] {
  const message = (body?.payload as { message?: Message } | null)?.message
  const given = message?.type === 'decision' ? [message.payload as unknown as Approval] : (message?.approvals ?? [])
  return given.map(({ person, role, decision, at, reason = '' }) => ({ person, role, decision, at, reason }))
}
