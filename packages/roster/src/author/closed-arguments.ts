import { RosterError, type Schema } from '@roster/core'
import { jsonSchemaOf } from '@roster/skills'

/**
 * Checks that the arguments which a tool declares closed are: of a list, a number, a date, or yes or no.
 *
 * @throws RosterError `definition-invalid` when free text fits into one of them, or there is none of that name.
 */
export function assertClosed(tool: string, input: Schema, closed: readonly string[]): void {
  if (closed.length === 0) return
  const { properties = {} } = jsonSchemaOf(input) as { readonly properties?: Readonly<Record<string, Value>> }
  for (const argument of closed) {
    const value = Object.hasOwn(properties, argument) ? properties[argument] : undefined
    if (value !== undefined && isClosed(value)) continue
    throw new RosterError('definition-invalid', `the argument "${argument}" of ${tool} is not closed`, {
      path: `closed.${argument}`,
      hint: 'Let its schema be a list of values, a number, a date or a boolean; text that anybody can write needs a check or a person.',
    })
  }
}

interface Value {
  readonly type?: unknown
  readonly enum?: unknown
  readonly const?: unknown
  readonly format?: unknown
  readonly anyOf?: readonly Value[]
}

const closedTypes: readonly unknown[] = ['number', 'integer', 'boolean', 'null']
const closedFormats: readonly unknown[] = ['date', 'date-time', 'time']

function isClosed(value: Value): boolean {
  if (value.enum !== undefined || value.const !== undefined || closedTypes.includes(value.type)) return true
  if (value.anyOf !== undefined) return value.anyOf.length > 0 && value.anyOf.every(isClosed)
  return value.type === 'string' && closedFormats.includes(value.format)
}
