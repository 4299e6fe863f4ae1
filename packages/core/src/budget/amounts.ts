/** What is counted: for a task, a job and (in windows) a colleague and a team. Order is the order of the store's arrays. */
export const limitIds = ['costMicroUsd', 'tokens', 'modelCalls', 'toolCalls'] as const

export type LimitId = (typeof limitIds)[number]

/** How much of each limit: safe integers from 0. Money is in millionths of a US dollar. */
export type Amounts = Readonly<Record<LimitId, number>>

export const nothing: Amounts = { costMicroUsd: 0, tokens: 0, modelCalls: 0, toolCalls: 0 }

/** Amounts from some of their parts; the rest is 0. */
export function amounts(part: Partial<Amounts>): Amounts {
  return { ...nothing, ...part }
}

/** The sum of both. */
export function add(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, (a, b) => a + b)
}

/** What is left of `one` after `other`; never below 0. */
export function subtract(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, (a, b) => Math.max(0, a - b))
}

/** The smaller of both, limit by limit. */
export function least(one: Amounts, other: Amounts): Amounts {
  return combine(one, other, Math.min)
}

function combine(one: Amounts, other: Amounts, with_: (a: number, b: number) => number): Amounts {
  const result = { ...nothing }
  for (const id of limitIds) result[id] = with_(one[id], other[id])
  return result
}
