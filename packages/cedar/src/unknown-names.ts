import { validate, type DetailedError, type SchemaJson } from './cedar.ts'
import type { EntityType } from './entity-type.ts'
import type { Names } from './names.ts'
import type { PolicyFile } from './policy-file.ts'
import type { Problem } from './problem.ts'
import { schema } from './schema.ts'
import { SourceText } from './source-text.ts'

/**
 * The names in a policy file that the team does not have: `Tool::"serach"` would be a permission that never applies, or a
 * prohibition that does not protect. Cedar finds them itself, and knows their place, when each type is declared as the list of its
 * names; such a type has no attributes, so this is a second validation whose other complaints do not count.
 */
export function unknownNames({ file, text }: PolicyFile, names: Names): { problems: Problem[]; warnings: Problem[] } {
  const answer = validate({ schema: schemaOfNames(names), policies: { staticPolicies: text } })
  if (answer.type === 'failure') return { problems: [], warnings: [] }
  const source = new SourceText(text)
  const found = answer.validationErrors.flatMap(({ error }) => unknownName(file, source, error, names))
  const isModel = ({ type }: { readonly type: string }): boolean => type === 'Model'
  return {
    problems: found.filter((one) => !isModel(one)).map((one) => one.problem),
    warnings: found.filter(isModel).map((one) => one.problem),
  }
}

/** A complaint about exactly an entity (`Tool::"x"`), not about an expression that contains one. */
const entity = /^(\w+)\s*::\s*("(?:[^"\\]|\\.)*")$/

function unknownName(
  file: string,
  source: SourceText,
  error: DetailedError,
  names: Names,
): { type: string; problem: Problem }[] {
  const location = error.sourceLocations?.[0]
  const match = location === undefined ? null : entity.exec(source.slice(location.start, location.end))
  if (location === undefined || match === null) return []
  const [, type = '', name = ''] = match
  const closed = names.get(type as EntityType)
  if (closed === undefined) return []
  const known = [...closed].toSorted()
  const message = `the team has no ${type.toLowerCase()} ${name}`
  const hint =
    known.length === 0
      ? `The team has no ${type.toLowerCase()} at all.`
      : `Its ${type.toLowerCase()} names are ${known.join(', ')}.`
  return [{ type, problem: { file, place: source.placeOf(location.start), message, hint } }]
}

function schemaOfNames(names: Names): SchemaJson<string> {
  const types = schema['']
  if (types === undefined) return schema
  const closed = [...names].map(([type, known]) => [type, { enum: known.size === 0 ? [nobody] : [...known] }] as const)
  return { '': { ...types, entityTypes: { ...types.entityTypes, ...Object.fromEntries(closed) } } }
}

/** Cedar wants at least one name; no name of a team is empty. */
const nobody = ''
