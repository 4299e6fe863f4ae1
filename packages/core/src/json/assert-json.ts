import { RosterError } from '../error/roster-error.ts'
import type { Json } from './json.ts'

/**
 * Refuses what would not come back from JSON text as it went in: `undefined` in an array, functions, dates and other class
 * instances, NaN, integers beyond 2^53, lone surrogates and a `__proto__` key. A property whose value is `undefined` counts as absent.
 *
 * @throws RosterError `not-json`, with the path of the offending value.
 */
export function assertJson(value: unknown, path = ''): asserts value is Json {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') {
    if (!value.isWellFormed()) refuse(path, 'a string with a lone surrogate')
    return
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(path, String(value))
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      refuse(path, `the integer ${value}, beyond 2^53; send it as a string`)
    return
  }
  if (typeof value !== 'object') refuse(path, `a ${typeof value}`)
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) assertJson(value[index], `${path}/${index}`)
    return
  }
  assertPlainObject(value as object, path)
}

function assertPlainObject(value: object, path: string): void {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    refuse(path, `a ${value.constructor?.name ?? 'class'} instance`)
  for (const key of Object.keys(value)) {
    if (key === '__proto__') refuse(`${path}/${key}`, 'a `__proto__` key')
    if (!key.isWellFormed()) refuse(path, 'a key with a lone surrogate')
    const member = (value as Record<string, unknown>)[key]
    if (member !== undefined) assertJson(member, `${path}/${key}`)
  }
}

function refuse(path: string, what: string): never {
  throw new RosterError('not-json', `${path === '' ? 'the value' : path} is ${what}, which JSON cannot carry`, {
    path,
    hint: 'Use plain objects, arrays, strings, booleans and safe numbers; large amounts are decimal strings.',
  })
}
