import { RosterError } from '../error/roster-error.ts'
import type { Json } from './json.ts'
import { pointerWith } from './pointer.ts'

/** How deep a value may be nested; a cycle is deeper than any bound. */
const maxDepth = 512

/** Where in the value a check is: the members on the way, the last one last. */
type Trail = (string | number)[]

/**
 * Refuses what would not come back from JSON text as it went in: `undefined` in an array, functions, dates and other class
 * instances, NaN, integers beyond 2^53, lone surrogates, a `__proto__` key, cycles and nesting beyond 512 levels. A property whose
 * value is `undefined` counts as absent.
 *
 * @throws RosterError `not-json`, with the path of the offending value.
 */
export function assertJson(value: unknown, path = ''): asserts value is Json {
  checked(value, path, [])
}

/**
 * The value as it comes back from its own canonical text: without members that are `undefined`, with 0 for -0, and with the members of
 * objects in order, so that code which goes through them sees the same before and after a crash. Where nothing had to be changed it is the
 * same object.
 *
 * @throws RosterError `not-json`, as {@link assertJson} does.
 */
export function asJson(value: unknown, path = ''): Json {
  return checked(value, path, [])
}

function checked(value: unknown, path: string, trail: Trail): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return checkedNumber(value, path, trail)
  if (typeof value === 'string')
    return value.isWellFormed() ? value : refuse(path, trail, 'a string with a lone surrogate')
  if (typeof value !== 'object') return refuse(path, trail, value === undefined ? 'undefined' : `a ${typeof value}`)
  if (trail.length >= maxDepth)
    return refuse(path, trail.slice(0, 8), `nested deeper than ${maxDepth} levels below here`)
  return Array.isArray(value) ? checkedArray(value, path, trail) : checkedObject(value, path, trail)
}

function checkedNumber(value: number, path: string, trail: Trail): number {
  if (!Number.isFinite(value)) return refuse(path, trail, String(value))
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return refuse(path, trail, `the integer ${value}, beyond 2^53; send it as a string`)
  }
  return value === 0 ? 0 : value
}

function checkedArray(value: readonly unknown[], path: string, trail: Trail): Json {
  let copy: Json[] | undefined
  for (let index = 0; index < value.length; index++) {
    trail.push(index)
    const item = checked(value[index], path, trail)
    trail.pop()
    if (!Object.is(item, value[index])) (copy ??= value.slice() as Json[])[index] = item
  }
  return copy ?? (value as readonly Json[])
}

function checkedObject(value: object, path: string, trail: Trail): Json {
  const members = plain(value, path, trail)
  const keys = Object.keys(members)
  let copy: Record<string, Json> | undefined = areInOrder(keys) ? undefined : inOrder(members, keys)
  for (const key of keys) {
    const member = members[key]
    trail.push(key)
    const item = member === undefined ? undefined : checked(member, path, trail)
    trail.pop()
    if (item !== undefined && Object.is(item, member)) continue
    copy ??= { ...members } as Record<string, Json>
    if (item === undefined) delete copy[key]
    else copy[key] = item
  }
  return copy ?? (members as Record<string, Json>)
}

/** Whether an object made by inserting these keys in canonical order would list them like this: indices come first in any object. */
function areInOrder(keys: readonly string[]): boolean {
  return keys.every(
    (key, index) => index === 0 || (keys[index - 1] as string) < key || isIndex(keys[index - 1] as string),
  )
}

function isIndex(key: string): boolean {
  return /^(0|[1-9][0-9]{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1
}

function inOrder(members: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, Json> {
  return Object.fromEntries(keys.toSorted().map((key) => [key, members[key]])) as Record<string, Json>
}

function plain(value: object, path: string, trail: Trail): Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    refuse(path, trail, `a ${value.constructor.name || 'class'} instance`)
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') refuse(path, [...trail, key], 'a `__proto__` key')
    if (!key.isWellFormed()) refuse(path, trail, 'an object that has a key with a lone surrogate')
  }
  return value as Record<string, unknown>
}

function refuse(path: string, trail: Trail, what: string): never {
  const pointer = trail.reduce<string>(pointerWith, path)
  throw new RosterError('not-json', `${pointer === '' ? 'the value' : pointer} is ${what}, which JSON cannot carry`, {
    path: pointer,
    hint: 'Use plain objects, arrays, strings, booleans and safe numbers; large amounts are decimal strings.',
  })
}
