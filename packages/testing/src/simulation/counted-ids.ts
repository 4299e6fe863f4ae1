import type { IdSource } from '@roster/core'

/** Ids that nobody else gives, and salts that anybody could guess: a simulation makes thousands of them, and keeps no secrets. */
export function countedIds(name: string): IdSource {
  let count = 0
  const next = (): string => `${name}-${(count += 1)}`
  return { id: next, salt: () => next().padStart(32, '0') }
}
