/** Where information comes from, whether it may cause consequential acts by itself, and where it may go. */
export interface Label {
  readonly integrity: 'trusted' | 'untrusted'
  /** What was read on the way here, sorted, without repetition: `client/mail`, `tool/search`, `person/controller`. */
  readonly sources: readonly string[]
  /**
   * Who may be given it, sorted: `agent/clerk`, `person/controller`, `role/clerk`, `tool/pay`, `model/scripted`. Left out: everybody.
   * The graph that carries it is none of them: it hands on what it cannot show anybody.
   */
  readonly readers?: readonly string[]
}

export const trusted: Label = { integrity: 'trusted', sources: [] }

/** The label of what was made from both: untrusted if either is, from the sources of both, for those who may read both. */
export function joinLabels(one: Label, other: Label): Label {
  if (
    other.sources.every((source) => one.sources.includes(source)) &&
    (one.integrity === other.integrity || one.integrity === 'untrusted') &&
    other.readers === undefined
  )
    return one
  const readers = readersOfBoth(one.readers, other.readers)
  return {
    integrity: one.integrity === 'untrusted' || other.integrity === 'untrusted' ? 'untrusted' : 'trusted',
    sources: [...new Set([...one.sources, ...other.sources])].toSorted(),
    ...(readers === undefined ? {} : { readers }),
  }
}

function readersOfBoth(one: Label['readers'], other: Label['readers']): Label['readers'] {
  if (one === undefined || other === undefined) return (one ?? other)?.toSorted()
  return one.filter((reader) => other.includes(reader)).toSorted()
}

/** Somebody or something to whom information would go. */
export interface Reader {
  readonly kind: 'agent' | 'person' | 'tool' | 'model'
  readonly name: string
  readonly role?: string
}

/** Whether a label lets information go to a reader: by name, or by role. */
export function mayRead({ readers }: Pick<Label, 'readers'>, { kind, name, role }: Reader): boolean {
  return (
    readers === undefined ||
    readers.includes(`${kind}/${name}`) ||
    (role !== undefined && readers.includes(`role/${role}`))
  )
}
