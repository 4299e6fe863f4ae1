import type { Team } from '@roster/core'

import type { Analysed } from '../client/operations.ts'

/** Moves beyond which they are counted and not listed. */
const maxListed = 400

/**
 * What a team can do, as text that is kept beside it: a line for each fact, so that the difference of two versions shows what a change
 * adds. The same team gives the same text, on every machine.
 */
export function lockText({ name }: Pick<Team, 'name'>, analyses: readonly Analysed[]): string {
  const head = [
    '# What this team can do, written by `roster check --write`. A difference here is a difference in what it can do.',
    `team ${name}`,
  ]
  return `${[...head, ...analyses.flatMap((one) => ['', ...factsOf(one)])].join('\n')}\n`
}

function factsOf(analysis: Analysed): readonly string[] {
  const { id, kind, situations, moves, paths, worst, unreachable, loops, properties, steps, transitions } = analysis
  const { modelCalls, toolCalls, tokens, costMicroUsd, timeMs } = worst
  return [
    `${kind === 'job' ? 'work' : kind} ${id}`,
    `  ${situations} situations, ${moves} moves, ${paths} paths`,
    `  at most ${modelCalls} model calls`,
    `  at most ${toolCalls} tool calls`,
    `  at most ${tokens} tokens`,
    `  at most ${costMicroUsd} micro-USD`,
    timeMs === null ? '  no bound of time' : `  at most ${timeMs} ms`,
    ...unreachable.map((state) => `  unreachable ${state}`),
    ...loops.map(({ situations: where, bound }) => `  loop ${where.join(', ')} (${bound ?? 'unbounded'})`),
    ...properties.map(({ property, holds }) => `  ${holds ? 'proven' : 'broken'} ${property}`),
    ...steps.map(stepText),
    ...(transitions.length > maxListed
      ? [`  moves are too many to list`]
      : transitions.toSorted().map((move) => `  move ${move}`)),
  ]
}

function stepText({ child, does, failing, late, checks }: Analysed['steps'][number]): string {
  const fallback = failing === null ? 'undeclared' : failing.join(' or ')
  return [
    `  step ${child}: ${does}`,
    ...(fallback === '' ? [] : [`failed: ${fallback}`]),
    ...late,
    ...(checks.length === 0 ? [] : [`decided by ${checks.join(', ')}`]),
  ].join('; ')
}
