import { checkParsePolicySet, policySetTextToParts, policyToJson } from './cedar.ts'
import type { PolicyFile } from './policy-file.ts'
import { problemOf, refuse, type Problem } from './problem.ts'
import { SourceText, type Place } from './source-text.ts'

/** One policy, where it stands and what it is called. */
export interface PolicySource {
  /** Its `@id("…")`, else `<file>#<n>`, the nth policy of its file from 1. */
  readonly id: string
  readonly file: string
  readonly text: string
  readonly place: Place
}

/**
 * The policies of all files, in their order.
 *
 * @throws RosterError `policy-invalid` for text that is not Cedar, a template, an empty or repeated `@id`, or a file given twice.
 */
export function parsePolicies(files: readonly PolicyFile[]): PolicySource[] {
  const policies: PolicySource[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const file of files) {
    const parsed = seen.has(file.file) ? [startOf(file, 'this file is given twice')] : parseFile(file)
    seen.add(file.file)
    for (const one of parsed) {
      if ('id' in one) policies.push(one)
      else problems.push(one)
    }
  }
  problems.push(...repeatedIds(policies))
  if (problems.length > 0) refuse(problems)
  return policies
}

function parseFile({ file, text }: PolicyFile): (PolicySource | Problem)[] {
  const source = new SourceText(text)
  const parts = policySetTextToParts(text)
  if (parts.type === 'failure')
    return parts.errors
      .flatMap((error) => [error, ...(error.related ?? [])])
      .map((error) => problemOf(file, source, error))
  if (parts.policy_templates.length > 0) {
    const at = source.placeOf(Math.max(0, source.indexOf(parts.policy_templates[0] ?? '', 0)))
    return [
      {
        file,
        place: at,
        message: 'this policy is a template',
        hint: 'Write out the principal or the resource, or use `principal.role`.',
      },
    ]
  }
  const checked = checkParsePolicySet({ staticPolicies: text })
  if (checked.type === 'failure') return checked.errors.map((error) => problemOf(file, source, error))
  let from = 0
  return inOrder(parts.policies).map((policy, index): PolicySource | Problem => {
    const offset = Math.max(from, source.indexOf(policy, from))
    from = offset + 1
    const place = source.placeOf(offset)
    const id = idOf(policy)
    if (id === '')
      return { file, place, message: 'the @id of this policy is empty', hint: 'Name it: @id("pay-within-limits")' }
    return { id: id ?? `${file}#${index + 1}`, file, text: policy, place }
  })
}

/** Cedar names the nth policy `policy<n>` and sorts by that name as text, so the tenth comes before the second; this sorts them back. */
function inOrder(policies: readonly string[]): string[] {
  const byName = policies
    .map((_, index) => index)
    .toSorted((one, other) => (`policy${one}` < `policy${other}` ? -1 : 1))
  return policies.map((_, index) => policies[byName.indexOf(index)] ?? '')
}

function idOf(policy: string): string | undefined {
  const answer = policyToJson(policy)
  const annotations = answer.type === 'success' ? answer.json.annotations : undefined
  if (annotations === undefined || !('id' in annotations)) return undefined
  return annotations['id'] ?? ''
}

function repeatedIds(policies: readonly PolicySource[]): Problem[] {
  const first = new Map<string, PolicySource>()
  return policies.flatMap((policy) => {
    const { id, file, place } = policy
    const earlier = first.get(id)
    first.set(id, earlier ?? policy)
    if (earlier === undefined) return []
    return [
      {
        file,
        place,
        message: `the id ${id} is taken by a policy in ${earlier.file}`,
        hint: 'Give each policy an @id of its own.',
      },
    ]
  })
}

function startOf({ file }: PolicyFile, message: string): Problem {
  return { file, place: { line: 1, column: 1 }, message, hint: 'Name each file once.' }
}
