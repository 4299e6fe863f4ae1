import { policyToJson } from './cedar.ts'
import type { PolicySource } from './policy-source.ts'
import type { Problem } from './problem.ts'
import type { TeamShape } from './team-shape.ts'

/** The words of the system itself beside those of the team. */
const ownRoles = ['system', 'task', 'client']

/**
 * Roles and kinds of work that a policy compares with and that the team does not have: most likely a slip. They are texts to Cedar,
 * so it cannot say so, and a client of an open team may have any role, so this warns and does not refuse.
 */
export function unknownWords(policies: readonly PolicySource[], team: TeamShape): Problem[] {
  const roles = new Set([
    ...ownRoles,
    ...team.colleagues.map((one) => one.role),
    ...(team.clients ?? []).map((one) => one.role),
  ])
  const kinds = new Set(['', ...team.kinds])
  return policies.flatMap((policy) => {
    const { file, place, text, id } = policy
    const answer = policyToJson(text)
    if (answer.type === 'failure') return []
    return comparisons(answer.json.conditions).flatMap(({ attribute, word }): Problem[] => {
      if ((attribute === 'role' ? roles : kinds).has(word)) return []
      const message = `policy ${id} compares with the ${attribute} "${word}", which nothing in the team has`
      return [{ file, place, message }]
    })
  })
}

interface Comparison {
  readonly attribute: 'role' | 'kind'
  readonly word: string
}

/** Every `x.role == "…"`, `x.kind == "…"` and `["…"].contains(x.role)`, in either order, anywhere in an expression. */
function comparisons(expression: unknown): Comparison[] {
  if (typeof expression !== 'object' || expression === null) return []
  if (Array.isArray(expression)) return expression.flatMap(comparisons)
  return Object.entries(expression).flatMap(([operator, operand]: [string, unknown]) => {
    const within = comparisons(operand)
    return ['==', '!=', 'contains'].includes(operator) ? [...within, ...compared(operand)] : within
  })
}

function compared(operand: unknown): Comparison[] {
  const { left, right } = operand as { left: unknown; right: unknown }
  const attribute = attributeOf(left) ?? attributeOf(right)
  if (attribute === undefined) return []
  return [...wordsOf(left), ...wordsOf(right)].map((word) => ({ attribute, word }))
}

function attributeOf(side: unknown): 'role' | 'kind' | undefined {
  const access = (side as { '.'?: { attr?: unknown } })['.']
  return access?.attr === 'role' || access?.attr === 'kind' ? access.attr : undefined
}

function wordsOf(side: unknown): string[] {
  const { Value: value, Set: set } = side as { Value?: unknown; Set?: unknown }
  if (typeof value === 'string') return [value]
  return Array.isArray(set) ? set.flatMap(wordsOf) : []
}
