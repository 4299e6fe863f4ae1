import {
  analyse,
  exercisedBy,
  failureOf,
  WorstCases,
  type Analysis,
  type Definition,
  type Envelope,
  type Failure,
  type Property,
} from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import type { Analysed, Exported } from '../client/operations.ts'

/** Analyses of a team's playbooks and of the work of its agents, and what is refused in them. */
export interface AnalysedTeam {
  readonly analyses: readonly Analysed[]
  readonly problems: readonly Failure[]
}

/** Analyses a team. A definition that is too large to be followed is a problem and has no analysis. */
export function analysed(team: TeamOf, histories: readonly Exported[]): AnalysedTeam {
  const cases = new WorstCases(team)
  const streams = histories.flatMap(streamsOf)
  const analyses: Analysed[] = []
  const problems: Failure[] = []
  for (const { definition, properties } of subjectsOf(team)) {
    try {
      const analysis = analyse(definition, cases, properties)
      const own = streams.filter(([first]) => first?.who.definition === definition.id)
      const exercised = histories.length === 0 ? null : exercisedBy(cases.spaceOf(definition), own)
      analyses.push({ ...analysis, exercised })
      problems.push(...problemsIn(analysis))
    } catch (error) {
      problems.push(failureOf(error))
    }
  }
  return { analyses, problems }
}

interface Subject {
  readonly definition: Definition
  readonly properties: readonly Property[]
}

function subjectsOf({ playbooks, colleagues, source }: TeamOf): readonly Subject[] {
  const declared = new Map(source.playbooks.map(({ name, options }) => [name, options.properties ?? []]))
  const tasks = Object.values(playbooks).map(({ name, definition }) => ({
    definition,
    properties: declared.get(name) ?? [],
  }))
  const agents = Object.values(colleagues).filter(({ kind }) => kind === 'agent')
  const work = agents.flatMap(({ accepts }) => Object.values(accepts))
  return [...tasks, ...work.map(({ definition }) => ({ definition, properties: [] }))]
}

function streamsOf({ records }: Exported): readonly (readonly Envelope[])[] {
  const envelopes = records.map(({ envelope }) => JSON.parse(envelope) as Envelope)
  return [...Map.groupBy(envelopes, ({ stream }) => stream).values()]
}

function problemsIn(analysis: Analysis): readonly Failure[] {
  const { id, kind, deadEnds, loops, steps, properties, unreachable } = analysis
  return [
    ...deadEnds.map(({ situation, way }) => ({
      code: 'dead-end',
      message: `${id} can come to "${situation}", from which no end can be reached:\n${listed(way)}`,
      path: `${id}/${situation}`,
      hint: 'Give the state a transition onwards, or make it final.',
    })),
    ...loops.flatMap(({ bound, situations, round }) => (bound === null ? [unbounded(id, situations, round)] : [])),
    // What a job does not handle is its answer `failed`: whoever asked has declared what follows.
    ...(kind === 'playbook' ? steps.flatMap((step) => (step.failing === null ? [undeclared(id, step)] : [])) : []),
    ...properties.flatMap((property) => broken(id, property)),
    ...unreachable.map((state) => ({
      code: 'state-unreachable',
      message: `${id}: nothing leads to "${state}"`,
      path: `${id}/${state}`,
      hint: 'Remove it, or let something lead to it.',
    })),
  ]
}

function unbounded(id: string, situations: readonly string[], round: readonly string[]): Failure {
  return {
    code: 'loop-unbounded',
    message: `${id} can go round for ever:\n${listed(round)}`,
    path: `${id}/${situations[0] ?? ''}`,
    hint: `Say how often at most: \`rounds: { '${situations[0] ?? ''}': 3 }\` (in a playbook's limits; beside the machine of a kind of work).`,
  }
}

function undeclared(id: string, { child, does }: Analysis['steps'][number]): Failure {
  return {
    code: 'fallback-missing',
    message: `${id}: the step "${child}" (${does}) does not say what happens when it cannot be done`,
    path: `${id}/${child}`,
    hint: 'Give its invocation an `onError`: to a person, onwards without it, or to a final state.',
  }
}

function broken(id: string, { holds, property, reachable, way }: Analysis['properties'][number]): readonly Failure[] {
  if (!holds) {
    const hint = 'Put what it asks for on this way, or change the property if the way is right.'
    return [{ code: 'property-broken', message: `${id} breaks "${property}":\n${listed(way)}`, path: id, hint }]
  }
  if (reachable || !property.includes(' without ')) return []
  const hint = 'Compare its names with those of the machine: a property about nothing proves nothing.'
  return [{ code: 'property-broken', message: `${id}: "${property}" speaks of what cannot happen`, path: id, hint }]
}

function listed(way: readonly string[]): string {
  return way.map((event, index) => `  ${index + 1}. ${event}`).join('\n')
}
