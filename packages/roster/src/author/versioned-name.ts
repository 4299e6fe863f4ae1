import { RosterError } from '@roster/core'

/** `name@1.2.3`: what is versioned says so where it is defined. */
export type VersionedName = `${string}@${string}`

/** Takes `name@1.2.3` apart. */
export function parseName(text: VersionedName): { readonly name: string; readonly version: string } {
  const match = /^([a-z][a-z0-9-]*)@(\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?)$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new RosterError('definition-invalid', `"${text}" is not a name and a semantic version`, {
      path: text,
      hint: 'Write it as `read-invoice@1.0.0`: small letters, digits and dashes.',
    })
  }
  return { name: match[1], version: match[2] }
}

/** A label of a branch or of a parallel line: it names states and results. */
export function assertLabel(label: string): string {
  if (!/^[a-zA-Z][\w-]*$/.test(label)) {
    throw new RosterError('definition-invalid', `"${label}" is not a label`, {
      path: label,
      hint: 'Use letters, digits, dashes and underscores, a letter first.',
    })
  }
  return label
}

/** Whether a text can be a name: of a person, a kind of work, a schedule. */
export function isName(text: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(text)
}

/** A name alone, of a person or a kind of work. */
export function assertName(name: string): string {
  if (!isName(name)) {
    throw new RosterError('definition-invalid', `"${name}" is not a name`, {
      path: name,
      hint: 'Use small letters, digits and dashes, a letter first.',
    })
  }
  return name
}

/** What records and budgets call somebody else by: Roster itself, and everybody together. */
const taken = ['system', 'team']

/** A name that a colleague or a person can have. */
export function assertOwnName(name: string): string {
  if (taken.includes(name)) {
    throw new RosterError('definition-invalid', `nobody on a roster is called "${name}": it stands for somebody else`, {
      path: name,
      hint: 'Give them a name of their own.',
    })
  }
  return name
}
