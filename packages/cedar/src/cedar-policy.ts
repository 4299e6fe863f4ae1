import { RosterError, type Policy, type Question, type Verdict } from '@roster/core'

import { digestOf } from './digest.ts'
import { evaluate } from './evaluate.ts'
import type { Evaluation } from './evaluation.ts'
import { neededFor, type Explanation } from './explain.ts'
import { Lru } from './lru.ts'
import { namesOf } from './names.ts'
import { parseOnce } from './parse-once.ts'
import type { PolicyFile } from './policy-file.ts'
import { parsePolicies } from './policy-source.ts'
import type { Problem } from './problem.ts'
import { questionText } from './question-text.ts'
import { rolesOf } from './roles.ts'
import type { TeamShape } from './team-shape.ts'
import { unknownEntity } from './unknown-entity.ts'
import { unknownWords } from './unknown-words.ts'
import { validatePolicies } from './validate.ts'
import { verdictOf } from './verdict.ts'

export interface CedarOptions {
  readonly team: TeamShape
  /** No file at all is valid, and denies everything. */
  readonly policies: readonly PolicyFile[]
  /**
   * How many verdicts are remembered.
   * @defaultValue 10,000, from 1; about 0.5 KB each
   */
  readonly cachedVerdicts?: number
}

/** {@link Policy} by Cedar policies, deny by default. */
export interface CedarPolicy extends Policy {
  /** Doubtful places in the policies that are no errors: a policy that can never apply, a role that nobody has. */
  readonly warnings: readonly Problem[]
  /** The verdict, and what would have to be different for an allow. */
  explain(question: Question): Explanation
}

/**
 * Parses and validates the policies of a team, once.
 *
 * `decide` never throws: whatever goes wrong is a deny with its reason.
 *
 * @throws RosterError `policy-invalid`, naming each offending place as `file:line:column`.
 */
export function cedarPolicy({ team, policies, cachedVerdicts = 10_000 }: CedarOptions): CedarPolicy {
  if (!Number.isSafeInteger(cachedVerdicts) || cachedVerdicts < 1) {
    throw new RosterError('definition-invalid', `cachedVerdicts must be an integer >= 1, got ${cachedVerdicts}`, {
      path: 'cachedVerdicts',
    })
  }
  const sources = parsePolicies(policies)
  const names = namesOf(team)
  const roles = rolesOf(team)
  const warnings = [...validatePolicies(policies, names), ...unknownWords(sources, team)]
  const digest = digestOf(policies)
  const parsed = parseOnce(digest, sources)
  const cache = new Lru<Verdict>(cachedVerdicts)

  const ask = (question: Question): Evaluation => {
    const what = unknownEntity(question, names, roles)
    return what === undefined ? evaluate(question, parsed, roles) : { kind: 'unknown', what }
  }
  return {
    digest,
    warnings,
    decide(question) {
      const key = questionText(question)
      const remembered = cache.get(key)
      if (remembered !== undefined) return remembered
      const evaluation = ask(question)
      const verdict = verdictOf(evaluation, question, digest)
      if (evaluation.kind !== 'unfit') cache.set(key, verdict) // it may be a failure of Cedar itself, which need not last
      return verdict
    },
    explain(question) {
      const evaluation = ask(question)
      const others = team.colleagues.filter(
        (one) => one.name !== question.principal.name || one.kind !== question.principal.kind,
      )
      return { verdict: verdictOf(evaluation, question, digest), needed: neededFor(question, evaluation, ask, others) }
    },
  }
}
