import type { Question } from '@roster/core'

import { statefulIsAuthorized, type AuthorizationAnswer } from './cedar.ts'
import type { Evaluation } from './evaluation.ts'
import { requestOf } from './request.ts'
import type { Roles } from './roles.ts'

/** What was parsed once, by the names under which Cedar keeps it. */
export interface Parsed {
  readonly schemaName: string
  readonly policySetId: string
}

/** Asks Cedar one question, about the entities of this question only. Never throws: a failure of Cedar itself is `unfit`. */
export function evaluate(question: Question, parsed: Parsed, roles: Roles): Evaluation {
  try {
    return evaluationOf(statefulIsAuthorized(requestOf(question, parsed, roles)))
  } catch (error) {
    return { kind: 'unfit', message: error instanceof Error ? error.message : String(error) }
  }
}

function evaluationOf(answer: AuthorizationAnswer): Evaluation {
  if (answer.type === 'failure')
    return { kind: 'unfit', message: answer.errors.map((error) => error.message).join('; ') }
  const { decision, diagnostics } = answer.response
  const policies = diagnostics.reason.toSorted()
  if (diagnostics.errors.length > 0) {
    const errors = diagnostics.errors.map(({ policyId, error }) => ({ policy: policyId, message: error.message }))
    return { kind: 'erred', errors: errors.toSorted((one, other) => (one.policy < other.policy ? -1 : 1)) }
  }
  if (decision === 'allow') return { kind: 'allowed', policies }
  return policies.length === 0 ? { kind: 'no-policy' } : { kind: 'forbidden', policies }
}
