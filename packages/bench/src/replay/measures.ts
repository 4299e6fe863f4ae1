import type { Measure } from '../measure/result.ts'

/** What is asked of replay. */
export const measures = {
  verified: {
    id: 'replay-verified',
    measure: 'verified replay of 10,000 records from PostgreSQL (chain checked, patches applied)',
    baseline: "XState's transition() over the same events in memory",
    unit: 'records/s',
    goal: '>= 2',
  },
  cold: {
    id: 'replay-cold-start',
    measure: 'cold start from a snapshot and 20 records of a 10,000-record actor',
    baseline: 'full naive replay: all records read, transition() over all events',
    unit: 'ms',
    goal: '<= 0.004',
  },
} as const satisfies Record<string, Measure>
