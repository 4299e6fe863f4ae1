import { createHash } from 'node:crypto'

import { canonical, RosterError } from '@roster/core'

import { preparsePolicySet, preparseSchema } from './cedar.ts'
import type { Parsed } from './evaluate.ts'
import type { PolicySource } from './policy-source.ts'
import { schema } from './schema.ts'

/**
 * Parses schema and policies and keeps them in Cedar's memory, which costs a tenth of parsing at each question. Names are content
 * hashes, so two teams in one process never see each other's, and the same set is kept once. Cedar offers no way to forget a set: a
 * process that reloads its policies keeps the old ones, some kilobytes each.
 */
export function parseOnce(digest: string, policies: readonly PolicySource[]): Parsed {
  const schemaName = `schema ${createHash('sha256').update(canonical(schema)).digest('hex')}`
  const policySetId = `policies ${digest}`
  const answers = [
    preparseSchema(schemaName, schema),
    preparsePolicySet(policySetId, { staticPolicies: Object.fromEntries(policies.map(({ id, text }) => [id, text])) }),
  ]
  for (const answer of answers) {
    if (answer.type === 'failure')
      throw new RosterError(
        'internal',
        `Cedar refuses what it accepted before: ${answer.errors.map((error) => error.message).join('; ')}`,
      )
  }
  return { schemaName, policySetId }
}
