import type { Amounts } from '@roster/core'

/** What model calls used; known for every outcome, also a failed one. Money is in millionths of a US dollar. */
export type Usage = Readonly<Pick<Amounts, 'costMicroUsd' | 'tokens' | 'modelCalls'>>

export const noUsage: Usage = { costMicroUsd: 0, tokens: 0, modelCalls: 0 }

/** What both used together. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    costMicroUsd: one.costMicroUsd + other.costMicroUsd,
    tokens: one.tokens + other.tokens,
    modelCalls: one.modelCalls + other.modelCalls,
  }
}
