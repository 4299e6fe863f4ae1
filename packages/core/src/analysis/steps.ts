import type { DecisionSpace, Move, Situation } from './decision-space.ts'
import type { Invocation } from './moment.ts'
import { happeningInWords, skillInWords } from './words.ts'

/**
 * What happens when a step cannot be done:
 *
 * - `escalate`: a person is asked
 * - `partial`: the work goes on without it
 * - `fail`: the work ends
 */
export type Fallback = 'escalate' | 'partial' | 'fail'

/** One invocation of a machine, and what was declared for when it does not come out well. */
export interface Step {
  readonly child: string
  /** In words: `ask clerk/read-invoice`. */
  readonly does: string
  /**
   * When it fails. `null` where a playbook declares nothing, and the error would end it as it stands. What a job does not handle is its answer to
   * whoever asked: that is `fail`.
   */
  readonly failing: readonly Fallback[] | null
  /** When a time is over before it ends: `after escalation: escalate`. */
  readonly late: readonly string[]
  /** The deterministic checks that choose what becomes of its answer. */
  readonly checks: readonly string[]
}

/** The steps of a machine in the order in which they can begin. A step that handles its error has declared its fallback: the handler is it. */
export function stepsOf(space: DecisionSpace): readonly Step[] {
  const invocations = new Map<string, Invocation>()
  for (const { moments } of space.moves)
    for (const moment of moments)
      if (moment.kind === 'started') invocations.set(keyOf(moment.invocation), moment.invocation)
  return [...invocations.values()].map((invocation) => stepOf(space, invocation))
}

function stepOf(space: DecisionSpace, invocation: Invocation): Step {
  const { child } = invocation
  const isIt = (one: Invocation): boolean => keyOf(one) === keyOf(invocation)
  const own = (kind: 'answered' | 'failed'): readonly Move[] =>
    space.moves.filter(({ moments: [first] }) => first?.kind === kind && isIt(first.invocation))
  const failed = own('failed')
  const waiting = new Set(space.situations.filter(({ open }) => open.some(isIt)).map(({ index }) => index))
  const late = space.moves.filter(
    ({ from, to, moments: [first] }) =>
      first?.kind === 'late' && from !== null && waiting.has(from) && !waiting.has(to),
  )
  const guards = own('answered').flatMap(({ moments }) =>
    moments.flatMap((moment) => (moment.kind === 'held' ? [moment.guard] : [])),
  )
  const unhandled = failed.some(({ to }) => space.situations[to]?.ended === 'error')
  return {
    child,
    does: skillInWords(invocation),
    failing: unhandled && space.kind === 'playbook' ? null : unique(failed.map((move) => fallbackOf(space, move))),
    late: unique(late.map((move) => `${happeningInWords(move.moments[0])}: ${fallbackOf(space, move)}`)),
    checks: unique(guards),
  }
}

/** The same id may stand for other work in another state. */
function keyOf({ child, src }: Invocation): string {
  return `${child} ${src}`
}

function fallbackOf({ situations }: DecisionSpace, { to, moments }: Move): Fallback {
  const next = situations[to] as Situation
  if (next.ended !== null) return 'fail'
  const asked = moments.some((moment) => moment.kind === 'started' && moment.invocation.skill.kind === 'approve')
  return asked ? 'escalate' : 'partial'
}

function unique<T extends string>(all: readonly T[]): readonly T[] {
  return [...new Set(all)].toSorted()
}
