import { assertName } from './versioned-name.ts'

/** A person on the roster: identity, role and inbox, like a colleague's. */
export interface Person {
  readonly kind: 'person'
  readonly name: string
  readonly role: string
  /** Who answers for what nobody else takes; a person is their own owner unless told otherwise. */
  readonly owner: string
}

/** Puts a person on the roster. */
export function person(name: string, { role, owner }: { readonly role: string; readonly owner?: Person }): Person {
  return { kind: 'person', name: assertName(name), role, owner: owner?.name ?? name }
}
