import { assertName, assertOwnName } from './versioned-name.ts'

/** A person on the roster: identity, role and inbox, like a colleague's. */
export interface Person {
  readonly kind: 'person'
  readonly name: string
  readonly role: string
  /** Who answers for what nobody else takes; a person is their own owner unless told otherwise. */
  readonly owner: string
}

/**
 * Puts a person on the roster. Their version is always 1.0.0: a person accepts requests for approval and notices, and nothing else.
 *
 * @param name small letters, digits and dashes; unique among colleagues and people
 * @param options.owner who hears of what this person leaves; themselves unless told otherwise
 * @throws RosterError `definition-invalid` when the name cannot be part of an address
 * @example const editor = person('editor', { role: 'editor' })
 */
export function person(name: string, { role, owner }: { readonly role: string; readonly owner?: Person }): Person {
  return { kind: 'person', name: assertOwnName(assertName(name)), role, owner: owner?.name ?? name }
}
