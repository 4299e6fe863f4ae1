import type { InboxItem } from 'roster/client'

import { CommandError } from '../failure/command-error.ts'

/** Whether a word names an item: its own name, its task, or what it is about. */
export function isNamed({ item, task, about }: InboxItem, name: string): boolean {
  return item === name || task === name || about.includes(name)
}

/** The one item that a word names. */
export function findItem(items: readonly InboxItem[], name: string): InboxItem {
  const named = items.filter((one) => isNamed(one, name))
  const [found] = named
  if (found === undefined) {
    throw new CommandError('unknown-record', `nothing named ${name} waits for a decision`, {
      path: name,
      hint: 'Run `roster inbox` to see what waits, and for whom.',
    })
  }
  if (named.length > 1) {
    throw new CommandError('usage', `${named.length} decisions wait under the name ${name}`, {
      path: name,
      hint: `Say which one, or for whom with --as:\n${named.map(({ item, person }) => `${item} (${person})`).join('\n')}`,
    })
  }
  return found
}
