import { applyPatch, createPatch, type Operation as Rfc6902Operation } from 'rfc6902'

import { RosterError } from '../error/roster-error.ts'
import type { Json } from '../json/json.ts'

/** One operation of a JSON patch (RFC 6902): `add`, `remove`, `replace`, `move`, `copy` or `test`. */
export type Operation = { readonly op: string; readonly path: string; readonly from?: string; readonly value?: Json }

/** The operations that turn `before` into `after`. */
export function difference(before: Json, after: Json): readonly Operation[] {
  return createPatch(before, after) as unknown as readonly Operation[]
}

/**
 * Applies operations to a copy of `before`; `before` itself stays as it is.
 *
 * @throws RosterError `chain-broken` when an operation does not fit, which means that something was changed behind the store's back.
 */
export function patched(before: Json, operations: readonly Operation[]): Json {
  // A patch of the whole document replaces a member of this holder, because the library cannot replace the root itself.
  const holder = { root: structuredCloneJson(before) }
  const moved = operations.map((operation) => ({
    ...operation,
    path: `/root${operation.path}`,
    ...(operation.from === undefined ? {} : { from: `/root${operation.from}` }),
    ...(operation.value === undefined ? {} : { value: structuredCloneJson(operation.value) }),
  }))
  const errors = applyPatch(holder, moved as unknown as Rfc6902Operation[])
  const index = errors.findIndex((error) => error !== null)
  if (index >= 0) {
    const operation = operations[index]
    throw new RosterError('chain-broken', `a recorded patch does not fit the state before it: ${operation?.op} ${operation?.path}`, {
      path: operation?.path ?? '',
      hint: 'Run `roster verify`; the record or one before it was changed.',
    })
  }
  return holder.root
}

function structuredCloneJson(value: Json): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json)
}
