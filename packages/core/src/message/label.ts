/** Where information comes from, and whether it may cause consequential acts by itself. */
export interface Label {
  readonly integrity: 'trusted' | 'untrusted'
  /** What was read on the way here, sorted, without repetition: `client/mail`, `tool/search`, `person/controller`. */
  readonly sources: readonly string[]
}

export const trusted: Label = { integrity: 'trusted', sources: [] }

/** The label of what was made from both: untrusted if either is, from the sources of both. */
export function joinLabels(one: Label, other: Label): Label {
  if (
    other.sources.every((source) => one.sources.includes(source)) &&
    (one.integrity === other.integrity || one.integrity === 'untrusted')
  )
    return one
  return {
    integrity: one.integrity === 'untrusted' || other.integrity === 'untrusted' ? 'untrusted' : 'trusted',
    sources: [...new Set([...one.sources, ...other.sources])].toSorted(),
  }
}
