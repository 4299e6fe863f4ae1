import type { Question } from '@roster/core'

import { principalTypes, resourceTypes } from './entity-type.ts'
import type { Names } from './names.ts'
import type { Roles } from './roles.ts'
import { principalWords } from './words.ts'

/** What in a question is not in the team, in words; nothing if all is. A role that the team does not give is somebody unknown, too. */
export function unknownEntity({ principal, resource }: Question, names: Names, roles: Roles): string | undefined {
  const known = names.get(principalTypes[principal.kind])
  if (known !== undefined && !known.has(principal.name)) return `there is no ${principalWords(principal)} in the team`
  const role = roles.get(`${principal.kind}/${principal.name}`)
  if (role !== undefined && role !== principal.role)
    return `${principalWords(principal)} has the role ${role}, not ${principal.role}`
  const things = names.get(resourceTypes[resource.kind])
  if (things !== undefined && !things.has(resource.name))
    return `there is no ${resource.kind} ${resource.name} in the team`
  return undefined
}
