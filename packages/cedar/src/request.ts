import type { Question } from '@roster/core'

import type { EntityJson, StatefulAuthorizationCall } from './cedar.ts'
import { principalTypes, resourceTypes } from './entity-type.ts'
import type { Parsed } from './evaluate.ts'
import { roleOfColleague, type Roles } from './roles.ts'

/** A question as Cedar's request, with the two entities that it is about. */
export function requestOf(
  { principal, action, resource, context }: Question,
  parsed: Parsed,
  roles: Roles,
): StatefulAuthorizationCall {
  const who = { type: principalTypes[principal.kind], id: principal.name }
  const what = { type: resourceTypes[resource.kind], id: resource.name }
  return {
    principal: who,
    action: { type: 'Action', id: action },
    resource: what,
    context: contextOf(context),
    preparsedSchemaName: parsed.schemaName,
    preparsedPolicySetId: parsed.policySetId,
    validateRequest: true,
    entities: entitiesOf(
      { uid: who, attrs: { name: principal.name, role: principal.role }, parents: [] },
      { uid: what, attrs: resourceAttributes(resource, roles), parents: [] },
    ),
  }
}

function contextOf(context: Question['context']): StatefulAuthorizationCall['context'] {
  const { integrity, approved, endorsed, consequential, kind, level = '', sources = [], place = '' } = context
  return { integrity, approved, endorsed, consequential, kind, level, sources: [...sources], place }
}

function resourceAttributes({ kind, name }: Question['resource'], roles: Roles): Record<string, string> {
  if (kind === 'colleague') return { name, role: roleOfColleague(roles, name) }
  return kind === 'task' ? { name, role: 'task' } : { name }
}

/** A task can be both (it cancels itself): Cedar refuses one entity given twice, and the one that acts knows its own role. */
function entitiesOf(who: EntityJson, what: EntityJson): EntityJson[] {
  const same = JSON.stringify(who.uid) === JSON.stringify(what.uid)
  return same ? [who] : [who, what]
}
