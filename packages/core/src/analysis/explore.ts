import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'

import type { Definition } from '../actor/definition.ts'
import {
  advance,
  begin,
  childrenOf,
  keep,
  nodesOf,
  type Macrostep,
  type Node,
  type NodeTransition,
} from '../actor/machine.ts'
import type { Skill } from '../actor/skill.ts'
import { RosterError } from '../error/roster-error.ts'
import { canonical } from '../json/canonical.ts'
import { abstractMachine, type Witness } from './abstract-machine.ts'
import type { DecisionSpace, Move, Situation } from './decision-space.ts'
import { delaysOf } from './delays.ts'
import { possible } from './happenings.ts'
import type { Happening, Invocation, Moment } from './moment.ts'
import { Courses } from './oracle.ts'
import { unknowable } from './unknowable.ts'

/** Situations beyond which a machine is not followed any more. */
const maxSituations = 10_000

/** How often one step may take a transition by what the machine raises itself; without an event, once. */
const maxRaised = 2

/**
 * Follows a machine into every situation that it can come into, whatever its guards answer. A guard that looks only at whether a person
 * approved is asked; every other is taken to answer either way, so that the space holds more than can happen, never less.
 *
 * @throws RosterError `analysis-too-large` beyond 10,000 situations, or 1,024 courses of one step.
 */
export function explore({ id, kind, machine }: Pick<Definition, 'id' | 'kind' | 'machine'>): DecisionSpace {
  const walk = new Walk(machine)
  walk.from(null, { kind: 'begun' }, () => begin(walk.machine, unknowable))
  for (let next = 0; next < walk.situations.length; next += 1) {
    if (next >= maxSituations) throw tooLarge(id)
    const { situation, snapshot } = walk.situations[next] as Standing
    if (situation.ended !== null) continue
    for (const { happening, event, over } of possible(snapshot, situation.open))
      walk.from(situation.index, happening, () => advance(walk.machine, without(snapshot, over), event))
  }
  const { moves, doubts, whirls, entered } = walk
  const states = nodesOf(machine).filter(({ type, path }) => type !== 'history' && path.length > 0)
  const unreachable = states.map(({ path }) => path.join('.')).filter((state) => !entered.has(state))
  return {
    id,
    kind,
    moves,
    doubts,
    unreachable,
    whirls: [...whirls.values()],
    situations: walk.situations.map((one) => one.situation),
  }
}

interface Standing {
  readonly situation: Situation
  readonly snapshot: AnyMachineSnapshot
}

/** A course that takes the same transition again within one step. */
class Whirl extends Error {}

class Walk implements Witness {
  readonly machine: AnyStateMachine
  readonly situations: Standing[] = []
  readonly moves: Move[] = []
  readonly doubts: readonly string[]
  readonly whirls = new Map<string, readonly string[]>()
  readonly entered = new Set<string>()
  readonly #courses = new Courses()
  readonly #known = new Map<string, number>()
  readonly #moves = new Set<string>()
  readonly #delays: ReadonlyMap<string, number | null>
  #moments: Moment[] = []
  #taken: NodeTransition[] = []

  constructor(original: AnyStateMachine) {
    const { machine, doubts } = abstractMachine(original, this)
    this.machine = machine
    this.doubts = doubts
    this.#delays = delaysOf(original)
  }

  /** Takes every course that a happening can take from a situation. */
  from(from: number | null, happening: Happening, run: () => Macrostep): void {
    const course = (): Macrostep | undefined => {
      this.#moments = [happening]
      this.#taken = []
      try {
        return run()
      } catch (error) {
        if (error instanceof Whirl || (error as Error).cause instanceof Whirl) return undefined
        throw error
      }
    }
    for (const macrostep of this.#courses.of(course)) if (macrostep !== undefined) this.#note(from, macrostep)
  }

  ask(question: unknown, known: () => boolean | undefined): boolean {
    return this.#courses.ask(question, known)
  }

  forget(): void {
    this.#courses.forget()
  }

  saw(moment: Moment): void {
    if (moment.kind === 'entered') this.entered.add(moment.state)
    this.#moments.push(moment)
  }

  took(transition: NodeTransition): void {
    const before = this.#taken.filter((one) => one === transition).length
    this.#taken.push(transition)
    if (before < (transition.eventType === '' ? 1 : maxRaised)) return
    const round = this.#taken.slice(this.#taken.lastIndexOf(transition, -2) + 1)
    const states = round.flatMap(targetsOf)
    this.whirls.set(states.join(' '), states)
    throw new Whirl()
  }

  #note(from: number | null, { snapshot, started, path: { taken } }: Macrostep): void {
    // What no state takes changes nothing, and is no move.
    if (from !== null && taken.length === 0 && snapshot.status === 'active') return
    const to = this.#situationOf(snapshot)
    const starts = started.map(({ child, src, skill }): Moment => ({
      kind: 'started',
      invocation: { child, src, skill },
    }))
    const moments = [...this.#moments, ...starts]
    const key = canonical([from, to, taken, decisive(moments[0])])
    if (this.#moves.has(key)) return
    this.#moves.add(key)
    this.moves.push({ index: this.moves.length, from, to, moments, taken, targets: this.#taken.flatMap(targetsOf) })
  }

  #situationOf(snapshot: AnyMachineSnapshot): number {
    const { status, value, history } = keep(snapshot)
    const ended = status === 'active' ? null : status === 'done' ? 'done' : 'error'
    const open = ended === null ? invocationsOf(snapshot) : []
    // In which order regions were entered is not told apart: it would multiply the situations and changes none of the questions.
    const key = canonical([status, value, history, open.map(({ child }) => child).toSorted()])
    const before = this.#known.get(key)
    if (before !== undefined) return before
    const index = this.situations.length
    this.#known.set(key, index)
    const active = snapshot._nodes as unknown as readonly Node[]
    const types = active.flatMap(({ transitions }) => [...transitions.keys()])
    const delays = types.filter((type) => this.#delays.has(type)).map((type) => this.#delays.get(type) ?? null)
    this.situations.push({ snapshot, situation: { index, name: nameOf(active, ended), value, ended, open, delays } })
    return index
  }
}

/** Two moves that differ only in the guards on the way are one; how a person decided, and what failed, tells them apart. */
function decisive(moment: Moment | undefined): string {
  if (moment?.kind === 'answered') return `${moment.kind} ${moment.invocation.child} ${moment.decision ?? ''}`
  if (moment?.kind === 'failed') return `${moment.kind} ${moment.invocation.child}`
  return moment?.kind === 'message' || moment?.kind === 'late' ? moment.type : ''
}

function targetsOf({ target }: NodeTransition): readonly string[] {
  return (target ?? []).map(({ path }) => path.join('.'))
}

function nameOf(active: readonly Node[], ended: Situation['ended']): string {
  const innermost = active.filter((node) => !active.some(({ parent }) => parent === node))
  const name = innermost.map(({ path }) => path.join('.')).join(' + ')
  return ended === 'error' ? `${name} (failed)` : name
}

function invocationsOf(snapshot: AnyMachineSnapshot): readonly Invocation[] {
  return [...childrenOf(snapshot)].map(([child, src]) => ({ child, src, skill: skillIn(snapshot, child) }))
}

function skillIn(snapshot: AnyMachineSnapshot, child: string): Skill {
  return (snapshot.children[child] as unknown as { logic: { skill: Skill } }).logic.skill
}

/** What has ended is not under way any more, also where its state stays. */
function without(snapshot: AnyMachineSnapshot, child: string | undefined): AnyMachineSnapshot {
  if (child === undefined) return snapshot
  const { [child]: _, ...children } = snapshot.children
  return { ...snapshot, children } as AnyMachineSnapshot
}

function tooLarge(id: string): RosterError {
  return new RosterError('analysis-too-large', `${id} has more than ${maxSituations} situations`, {
    path: id,
    hint: 'Divide it: give a part with many parallel regions to a colleague as a piece of work.',
  })
}
