import { validate } from './cedar.ts'
import type { Names } from './names.ts'
import type { PolicyFile } from './policy-file.ts'
import { distinct, problemOf, refuse, type Problem } from './problem.ts'
import { schema } from './schema.ts'
import { SourceText } from './source-text.ts'
import { unknownNames } from './unknown-names.ts'

/**
 * Checks the policies against the types and the names of the team.
 *
 * @returns what is doubtful: a policy that can never apply, a model that this run does not have.
 * @throws RosterError `policy-invalid`, for everything that is wrong at once.
 */
export function validatePolicies(files: readonly PolicyFile[], names: Names): Problem[] {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  for (const { file, text } of files) {
    const source = new SourceText(text)
    const answer = validate({ schema, policies: { staticPolicies: text } })
    if (answer.type === 'failure') {
      problems.push(...answer.errors.map((error) => problemOf(file, source, error)))
      continue
    }
    const unknown = unknownNames({ file, text }, names)
    problems.push(...answer.validationErrors.map(({ error }) => problemOf(file, source, error)), ...unknown.problems)
    warnings.push(...answer.validationWarnings.map(({ error }) => problemOf(file, source, error)), ...unknown.warnings)
  }
  if (problems.length > 0) refuse(problems)
  return distinct(warnings)
}
