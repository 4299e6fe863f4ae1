import { authoriseEffect, RosterError, type Actor, type Decision, type Failure, type Step } from '@roster/core'

import type { Encounter, Move } from './decide.ts'
import type { TransitionPorts } from './ports.ts'

const noDenials: ReadonlyMap<string, Failure> = new Map()

/** Asks about each effect in turn: an approval that one of them uses up is not there for the next. */
export function allowed(
  ports: TransitionPorts,
  encounter: Encounter,
  result: Step,
  decisions: readonly Decision[],
): Move {
  const { actor, context } = encounter
  if (result.kind === 'ignored') return { kind: 'ignored', step: null, decisions, denied: noDenials }
  assertBounded(actor, result)
  const denied = new Map<string, Failure>()
  const asked = [...decisions]
  const { terms } = encounter.known ?? {}
  const spent = new Set(encounter.known?.spent)
  const usable = (approval: string): boolean => !spent.has(approval)
  const after = { ...actor, state: result.next }
  const effects = result.effects.map((effect) => {
    const circumstances = { ...ports, now: context.now, usable, ...(terms === undefined ? {} : { terms }) }
    const { decision, denial, approvals } = authoriseEffect(after, effect, circumstances)
    asked.push(decision)
    if (denial !== null) denied.set(effect.id, denial)
    for (const approval of approvals) spent.add(approval)
    return approvals.length === 0 ? effect : { ...effect, approvals }
  })
  return { kind: 'stepped', step: { ...result, effects }, decisions: asked, denied }
}

/** A playbook carries references, not documents: what it knows must fit into a workflow's history too. */
const maxContextBytes = 32_768

function assertBounded({ definition }: Actor, { next }: Step): void {
  if (definition.kind !== 'playbook') return
  const size = Buffer.byteLength(JSON.stringify(next.machine.context))
  if (size <= maxContextBytes) return
  throw new RosterError(
    'context-too-large',
    `${definition.id} holds ${size} bytes of context; at most ${maxContextBytes} are carried`,
    {
      path: '/context',
      hint: 'Keep large content as a blob and carry its hash.',
    },
  )
}
