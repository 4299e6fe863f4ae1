/** What is measured of a history; a subject is run with the place of one of these. */
export const modes = ['verified', 'transition', 'cold', 'naive'] as const

export type Mode = (typeof modes)[number]
