import { authoriseEffect, nothing, parseStream, trusted, type Actor, type Failure, type NewPending } from '@roster/core'

import type { Host } from './host.ts'
import type { EffectBody } from './item.ts'
import type { EffectAnswer } from './ports.ts'

/** An effect that must wait because its colleague or the team is stopped. */
export interface Waits {
  readonly waits: true
  /** Whether it was marked as attempted and not called. */
  readonly marked: boolean
}

/**
 * Runs one effect whose row is stored: asks policy, approval and contract again, now, then calls it under its key and its time limit.
 * A tool that cannot be repeated is marked first; if it was marked before, its outcome is unknown and a person must look. The last thing
 * that is asked is whether it is stopped.
 */
export async function runEffect(
  host: Host,
  row: NewPending,
  run: { readonly signal: AbortSignal; readonly marked: boolean },
): Promise<EffectAnswer | Waits | 'not wanted'> {
  const body = JSON.parse(row.body) as EffectBody
  const actor = await host.actors.get(row.stream, undefined)
  if (actor.final) return 'not wanted'
  const denial = await denialOf(host, actor, row, body)
  if (denial !== null) return failed(denial)
  if (await host.isStopped(row.stream)) return { waits: true, marked: run.marked }
  const marked = run.marked ? null : await mark(host, row.id, body)
  if (marked === 'fenced') return 'not wanted'
  if (marked !== null) return failed(marked)
  if (await host.isStopped(row.stream)) return { waits: true, marked: true }
  return await call(host, actor, row, body, run.signal)
}

async function denialOf(host: Host, actor: Actor, row: NewPending, body: EffectBody): Promise<Failure | null> {
  const { team, policy, sha256, clock } = host.ports
  const terms = await host.termsOf(row.stream)
  // What it was stored with, and nothing else: another approval was not used up for it.
  const usable = (approval: string): boolean => body.approvals?.includes(approval) ?? false
  const circumstances = { team, policy, sha256, now: clock.now(), usable, ...(terms === undefined ? {} : { terms }) }
  return authoriseEffect(actor, { ...body, id: row.id }, circumstances).denial
}

/** Marks a call that cannot be repeated; answers why it must not be made. */
async function mark(
  { ports: { store, team }, token }: Host,
  id: string,
  { skill, name }: EffectBody,
): Promise<Failure | 'fenced' | null> {
  const tool = skill === 'use' ? team.tools[name] : undefined
  if (tool === undefined || tool.idempotent) return null
  const attempted = await store.markAttempted(id, token)
  if (attempted === 'again') return unknownOutcome(tool.name)
  return attempted === 'fenced' ? 'fenced' : null
}

// oxlint-disable-next-line max-params -- the parts of one call, passed on once
async function call(
  host: Host,
  actor: Actor,
  { id, stream }: NewPending,
  body: EffectBody,
  signal: AbortSignal,
): Promise<EffectAnswer> {
  const { skill, name, input } = body
  const { correlationId: task = '', kind = parseStream(stream).kind } = actor.state?.origin ?? {}
  host.observe({ kind: 'effect-started', stream, skill, name, task, id })
  const { alarm, clock, effects, watch } = host.ports
  const limit = new AbortController()
  const expire = (): void => limit.abort(new DOMException('The effect took longer than its limit.', 'TimeoutError'))
  // By the host's own alarm: in virtual time an effect takes virtual time.
  alarm.set(`limit/${id}`, clock.now() + actor.definition.limits.effectTimeoutMs, expire)
  try {
    const answer = await effects.run({
      skill,
      name,
      input,
      stream,
      task,
      kind,
      key: id,
      signal: AbortSignal.any([signal, limit.signal]),
      ...(watch === undefined ? {} : { told: (words) => watch({ stream, task, effect: id, words }) }),
    })
    host.observe({ kind: 'effect-ended', stream, name, id, failed: answer.result.kind === 'failed' })
    return answer
  } finally {
    alarm.set(`limit/${id}`, null, expire)
  }
}

function failed(error: Failure): EffectAnswer {
  return { result: { kind: 'failed', error, label: trusted }, used: nothing, place: 'host' }
}

function unknownOutcome(tool: string): Failure {
  return {
    code: 'outcome-unknown',
    message: `${tool} was started before and its outcome was not seen; it cannot be repeated safely`,
    hint: 'Look whether it happened, and decide by hand.',
  }
}
