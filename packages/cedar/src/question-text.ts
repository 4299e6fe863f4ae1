import type { Question } from '@roster/core'

/** A question as one text: equal for two questions exactly if Cedar is asked the same. */
export function questionText({ principal, action, resource, context }: Question): string {
  const { integrity, approved, endorsed, consequential, kind, level = '', sources = [], place = '' } = context
  const { kind: who, name, role } = principal
  return JSON.stringify([
    who,
    name,
    role,
    action,
    resource.kind,
    resource.name,
    integrity,
    approved,
    endorsed,
    consequential,
    kind,
    level,
    sources,
    place,
  ])
}
