import { authoriseEffect, nothing, parseStream, trusted, type Failure, type NewPending } from '@roster/core'

import type { Host } from './host.ts'
import type { EffectBody } from './item.ts'
import type { EffectAnswer } from './ports.ts'

/**
 * Runs one effect whose row is stored: asks policy, approval and contract again, now, then calls it under its key and its time limit.
 * A tool that cannot be repeated is marked first; if it was marked before, its outcome is unknown and a person must look.
 */
export async function runEffect(host: Host, row: NewPending, signal: AbortSignal): Promise<EffectAnswer | undefined> {
  const { store, team, policy, sha256, clock, effects } = host.ports
  const body = JSON.parse(row.body) as EffectBody
  const actor = await host.actors.get(row.stream, undefined)
  if (actor.final) return undefined
  const task = actor.state?.origin?.correlationId ?? ''
  const { denial } = authoriseEffect(actor, { ...body, id: row.id }, { team, policy, sha256, now: clock.now() })
  if (denial !== null) return failed(denial)
  const tool = body.skill === 'use' ? team.tools[body.name] : undefined
  if (tool !== undefined && !tool.idempotent) {
    const attempted = await store.markAttempted(row.id, host.token)
    if (attempted === 'fenced') return undefined
    if (attempted === 'again') return failed(unknownOutcome(tool.name))
  }
  host.observe({ kind: 'effect-started', stream: row.stream, skill: body.skill, name: body.name, task, id: row.id })
  const limit = AbortSignal.timeout(actor.definition.limits.effectTimeoutMs)
  const kind = actor.state?.origin?.kind ?? parseStream(row.stream).kind
  const answer = await effects.run({
    skill: body.skill,
    name: body.name,
    input: body.input,
    stream: row.stream,
    task,
    kind,
    key: row.id,
    signal: AbortSignal.any([signal, limit]),
  })
  host.observe({
    kind: 'effect-ended',
    stream: row.stream,
    name: body.name,
    id: row.id,
    failed: answer.result.kind === 'failed',
  })
  return answer
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
