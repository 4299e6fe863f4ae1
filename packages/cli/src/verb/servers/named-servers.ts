import type { CloneServer } from '@roster/servers'

import { usageError } from '../../failure/command-error.ts'

const all = ['postgres', 'nats', 'temporal'] as const satisfies readonly CloneServer[]

/** The servers that a command line names; all of them where it names none. In the order in which they are started. */
export function namedServers(names: readonly string[]): readonly CloneServer[] {
  const unknown = names.find((name) => !(all as readonly string[]).includes(name))
  if (unknown !== undefined)
    throw usageError(`there is no server "${unknown}"`, unknown, `Name some of: ${all.join(', ')}.`)
  return names.length === 0 ? all : all.filter((name) => names.includes(name))
}
