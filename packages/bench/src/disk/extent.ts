/** Actors, or threads of a peer, that share a database while bytes are counted. */
export const actorCount = 8

/** What each holds in its context. */
export const documentBytes = 5_000

/** Steps before counting, so that what a database begins with does not count, and steps that are counted. */
export const stepsBefore = 400
export const stepsCounted = 2_400
