import type { Schema } from '../../src/index.ts'

/** A schema of an object whose members are of these types; what else it has is left out. */
export function shape(members: Readonly<Record<string, 'string' | 'number' | 'object'>>): Schema {
  return schema((value) => {
    const given = (value ?? {}) as Record<string, unknown>
    const wrong = Object.entries(members).filter(([name, type]) => typeof given[name] !== type)
    if (wrong.length > 0) return { issues: wrong.map(([name, type]) => ({ message: `is no ${type}`, path: [name] })) }
    return { value: Object.fromEntries(Object.keys(members).map((name) => [name, given[name]])) }
  })
}

/** A schema by its own validation. */
export function schema(validate: Schema['~standard']['validate']): Schema {
  return { '~standard': { version: 1, vendor: 'test', validate } }
}
