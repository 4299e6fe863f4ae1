/**
 * How freely an agent acts, from the least to the most:
 *
 * - `observe`: uses no consequential tool at all, approved or not
 * - `propose`: each use of a consequential tool needs an approval
 * - `bounded`: needs one where a tool's gate says so
 * - `autonomous`: as `bounded`; policies may permit it more
 */
export const autonomyLevels = ['observe', 'propose', 'bounded', 'autonomous'] as const

export type AutonomyLevel = (typeof autonomyLevels)[number]

/** The level of an agent whose author names none and whom nobody has promoted or demoted. */
export const defaultLevel: AutonomyLevel = 'bounded'

/** Whether a word names a level. */
export function isLevel(word: unknown): word is AutonomyLevel {
  return autonomyLevels.some((level) => level === word)
}
