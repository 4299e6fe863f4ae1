import { RosterError } from '../error/roster-error.ts'
import type { Json, JsonObject } from '../json/json.ts'
import { pointerTokens, pointerWith } from '../json/pointer.ts'

/** One operation of a JSON patch (RFC 6902): `add`, `remove`, `replace`, `move`, `copy` or `test`. Of our own making are the first three only. */
export type Operation = { readonly op: string; readonly path: string; readonly from?: string; readonly value?: Json }

/**
 * The operations that turn `before` into `after`, in linear time: what is the same by reference is not looked into, and of arrays the
 * common head and tail are left alone. (Libraries look for the shortest edit of an array: a conversation of 2,000 turns takes them
 * seconds.) A member that is `undefined` counts as absent.
 */
export function difference(before: Json, after: Json): readonly Operation[] {
  const operations: Operation[] = []
  compare(before, after, '', operations)
  return operations
}

/**
 * Applies operations; `before` itself stays as it is, and what does not change is shared with it.
 *
 * @throws RosterError `chain-broken` when an operation does not fit, which means that something was changed behind the store's back.
 */
export function patched(before: Json, operations: readonly Operation[]): Json {
  return operations.reduce(
    (value: Json, operation) => changed(value, { operation, tokens: pointerTokens(operation.path), depth: 0 }),
    before,
  )
}

function compare(before: Json, after: Json, path: string, operations: Operation[]): void {
  if (before === after) return
  if (Array.isArray(before) && Array.isArray(after)) return compareArrays(before, after, path, operations)
  if (isObject(before) && isObject(after)) return compareObjects(before, after, path, operations)
  operations.push({ op: 'replace', path, value: after })
}

function compareObjects(before: JsonObject, after: JsonObject, path: string, operations: Operation[]): void {
  for (const key of Object.keys(before)) {
    if (before[key] !== undefined && member(after, key) === undefined)
      operations.push({ op: 'remove', path: pointerWith(path, key) })
  }
  for (const key of Object.keys(after)) {
    const value = after[key]
    if (value === undefined) continue
    const old = member(before, key)
    if (old === undefined) operations.push({ op: 'add', path: pointerWith(path, key), value })
    else compare(old, value, pointerWith(path, key), operations)
  }
}

function compareArrays(before: readonly Json[], after: readonly Json[], path: string, operations: Operation[]): void {
  const { head, tail } = commonEnds(before, after)
  const kept = Math.min(before.length, after.length) - tail
  for (let index = head; index < kept; index++) {
    compare(before[index] ?? null, after[index] ?? null, pointerWith(path, index), operations)
  }
  for (let index = before.length - tail - 1; index >= kept; index--)
    operations.push({ op: 'remove', path: pointerWith(path, index) })
  for (let index = kept; index < after.length - tail; index++) {
    operations.push({ op: 'add', path: pointerWith(path, index), value: after[index] ?? null })
  }
}

/** How many items two lists have in common at their beginning, and how many of the rest at their end. */
function commonEnds(one: readonly Json[], other: readonly Json[]): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(one.length, other.length)
  let head = 0
  while (head < shorter && same(one[head], other[head])) head += 1
  let tail = 0
  while (tail < shorter - head && same(one[one.length - 1 - tail], other[other.length - 1 - tail])) tail += 1
  return { head, tail }
}

/** Whether two values have the same canonical text. */
function same(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  const operations: Operation[] = []
  compare(one ?? null, other ?? null, '', operations)
  return operations.length === 0
}

/** What an operation is to change, and how far down its path we are. */
interface Descent {
  readonly operation: Operation
  readonly tokens: readonly string[]
  readonly depth: number
}

function changed(value: Json, descent: Descent): Json {
  const { operation, tokens, depth } = descent
  const token = tokens[depth]
  if (token === undefined) return valueOf(operation)
  if (Array.isArray(value)) return changedArray(value, indexOf(token, value.length, operation), descent)
  return isObject(value) && token !== '__proto__' ? changedObject(value, token, descent) : misfit(operation)
}

function changedObject(value: JsonObject, token: string, { operation, tokens, depth }: Descent): Json {
  const last = depth === tokens.length - 1
  if (last && operation.op === 'add') return { ...value, [token]: valueOf(operation) }
  const old = member(value, token)
  if (old === undefined) return misfit(operation)
  if (!last) return { ...value, [token]: changed(old, { operation, tokens, depth: depth + 1 }) }
  if (operation.op !== 'remove') return { ...value, [token]: valueOf(operation) }
  const { [token]: _, ...rest } = value
  return rest
}

function changedArray(value: readonly Json[], index: number, { operation, tokens, depth }: Descent): Json {
  const last = depth === tokens.length - 1
  if (last && operation.op === 'add') return value.toSpliced(index, 0, valueOf(operation))
  if (index >= value.length) return misfit(operation)
  if (last && operation.op === 'remove') return value.toSpliced(index, 1)
  return value.with(
    index,
    last ? valueOf(operation) : changed(value[index] ?? null, { operation, tokens, depth: depth + 1 }),
  )
}

function valueOf(operation: Operation): Json {
  if (operation.value === undefined || (operation.op !== 'add' && operation.op !== 'replace')) return misfit(operation)
  return operation.value
}

function indexOf(token: string, length: number, operation: Operation): number {
  if (!/^(0|[1-9][0-9]*)$/.test(token) || Number(token) > length) return misfit(operation)
  return Number(token)
}

function member(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function misfit({ op, path }: Operation): never {
  throw new RosterError('chain-broken', `a recorded patch does not fit the state before it: ${op} ${path}`, {
    path,
    hint: 'Run `roster verify`; the record or one before it was changed.',
  })
}
