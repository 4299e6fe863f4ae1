import type { Measure } from '../measure/result.ts'
import type { Rewriting } from '../world/notebook.ts'

const shared = { baseline: 'LangGraph.js step on PostgreSQL that does the same', unit: 'bytes' } as const

/** What is asked of the bytes that a step leaves on the disk: tables and indexes, after a vacuum. */
export const measures: Readonly<Record<Rewriting, Measure>> = {
  kept: { id: 'disk-kept', measure: 'bytes on disk a step, 5 KB of context kept', ...shared, goal: '<= 0.4' },
  same: {
    id: 'disk-same',
    measure: 'bytes on disk a step, 5 KB of context rewritten the same',
    ...shared,
    goal: '<= 0.08',
  },
  new: {
    id: 'disk-new',
    measure: 'bytes on disk a step, 5 KB of context rewritten with new bytes',
    ...shared,
    goal: '<= 0.6',
  },
  brought: {
    id: 'disk-brought',
    measure: 'bytes on disk a step, 5 KB of context replaced by 5 KB that the message brings',
    ...shared,
    goal: 'reported',
  },
}
