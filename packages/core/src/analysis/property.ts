import { movesFrom, type DecisionSpace, type Move } from './decision-space.ts'

import type { Moment } from './moment.ts'
import { wayInWords } from './words.ts'

/** Something that can happen on the way of an actor, as a property of a team names it. */
export type Milestone =
  /** A state is entered, by its path. */
  | { readonly kind: 'enters'; readonly state: string }
  /** A colleague is asked for a piece of work. */
  | { readonly kind: 'asks'; readonly colleague: string; readonly work: string }
  /** A tool is called by the machine itself. */
  | { readonly kind: 'uses'; readonly tool: string }
  /** A person consented to the use of a tool; whoever it was, unless named. */
  | { readonly kind: 'approved'; readonly tool: string; readonly by?: string }
  /** A transition was taken because this guard held. */
  | { readonly kind: 'held'; readonly guard: string }

/** `never reaches … without …`: between two times that it is reached, one of the others happens anew. */
export interface Property {
  readonly never: Milestone
  /** One of these must have happened before; none: it is never reached at all. */
  readonly without: readonly Milestone[]
}

/** What became of a property. */
export interface Proven {
  readonly property: string
  readonly holds: boolean
  /** The shortest way that breaks it, as a list of events. */
  readonly way: readonly string[]
  /** Whether what it speaks of can happen at all: a property about nothing proves nothing. */
  readonly reachable: boolean
}

/** Follows every way through a space and finds the shortest one that breaks a property. */
export function prove(space: DecisionSpace, property: Property): Proven {
  const leaving = movesFrom(space)
  const queue: Tried[] = space.moves.filter(({ from }) => from === null).map((move) => ({ move, granted: false }))
  const seen = new Set<string>()
  const told = propertyInWords(property)
  let reachable = false
  for (const tried of queue) {
    const { move, granted } = tried
    const after = judged(move.moments, property, granted)
    reachable ||= after.reached
    if (after.broken) return { property: told, holds: false, reachable: true, way: wayInWords(space, wayOf(tried)) }
    const key = `${move.to} ${after.granted}`
    if (seen.has(key)) continue
    seen.add(key)
    for (const next of leaving[move.to] ?? []) queue.push({ move: next, granted: after.granted, before: tried })
  }
  return { property: told, holds: true, way: [], reachable }
}

/** A move that is followed, and the one before it. */
interface Tried {
  readonly move: Move
  /** Whether what the property asks for has happened before. */
  readonly granted: boolean
  readonly before?: Tried
}

function wayOf(tried: Tried): readonly Move[] {
  const way: Move[] = []
  for (let at: Tried | undefined = tried; at !== undefined; at = at.before) way.unshift(at.move)
  return way
}

interface Judged {
  readonly granted: boolean
  readonly reached: boolean
  readonly broken: boolean
}

function judged(moments: readonly Moment[], { never, without }: Property, before: boolean): Judged {
  let granted = before
  let reached = false
  for (const moment of moments) {
    if (without.some((milestone) => fits(milestone, moment))) granted = true
    if (!fits(never, moment)) continue
    reached = true
    if (!granted) return { granted, reached, broken: true }
    granted = false
  }
  return { granted, reached, broken: false }
}

function fits(milestone: Milestone, moment: Moment): boolean {
  switch (milestone.kind) {
    case 'enters':
      return moment.kind === 'entered' && moment.state === milestone.state
    case 'held':
      return moment.kind === 'held' && moment.guard === milestone.guard
    case 'asks':
      return startedSkill(
        moment,
        'ask',
        ({ to, work }) => 'name' in to && to.name === milestone.colleague && work === milestone.work,
      )
    case 'uses':
      return startedSkill(moment, 'use', ({ tool }) => tool === milestone.tool)
    case 'approved':
      return isApproval(moment, milestone)
  }
}

function startedSkill<K extends 'ask' | 'use'>(moment: Moment, kind: K, test: (skill: SkillOf<K>) => boolean): boolean {
  return (
    moment.kind === 'started' && moment.invocation.skill.kind === kind && test(moment.invocation.skill as SkillOf<K>)
  )
}

type SkillOf<K> = Extract<Extract<Moment, { kind: 'started' }>['invocation']['skill'], { kind: K }>

function isApproval(moment: Moment, { tool, by }: Extract<Milestone, { kind: 'approved' }>): boolean {
  if (moment.kind !== 'answered' || moment.decision !== 'approved') return false
  const { skill } = moment.invocation
  if (skill.kind !== 'approve' || skill.tool !== tool) return false
  return by === undefined || ('name' in skill.to && skill.to.name === by)
}

/** A property as a team reads it: `never asks treasurer for pay without an approval of pay`. */
function propertyInWords({ never, without }: Property): string {
  const unless = without.length === 0 ? '' : ` without ${without.map(grantInWords).join(' or ')}`
  return `never ${milestoneInWords(never)}${unless}`
}

function milestoneInWords(milestone: Milestone): string {
  switch (milestone.kind) {
    case 'enters':
      return `enters ${milestone.state}`
    case 'asks':
      return `asks ${milestone.colleague} for ${milestone.work}`
    case 'uses':
      return `uses ${milestone.tool}`
    case 'approved':
      return `has ${grantInWords(milestone)}`
    case 'held':
      return `goes on by ${milestone.guard}`
  }
}

function grantInWords(milestone: Milestone): string {
  if (milestone.kind === 'held') return milestone.guard
  if (milestone.kind !== 'approved') return `that it ${milestoneInWords(milestone)}`
  return `an approval of ${milestone.tool}${milestone.by === undefined ? '' : ` by ${milestone.by}`}`
}
