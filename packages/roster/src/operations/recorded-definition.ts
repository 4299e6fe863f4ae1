import { definitionOf, type Definition, type Envelope, type Team } from '@roster/core'

/** The definition with which a recorded stream began, or else the present one of its kind. `first` is the envelope of its first record. */
export function recordedDefinition(team: Team, stream: string, { cause, who }: Envelope): Definition | undefined {
  return definitionOf(team, stream, cause.kind, who.definition) ?? definitionOf(team, stream, cause.kind)
}
