import type { Measure } from '../measure/result.ts'

const task = 'task with 4 asks over Temporal'
const everyone = 'the workflow everyone writes: a regular activity for each ask, and for each write'
const bare =
  'a bare workflow with as many local activities and signals, which stores its rows and those of whoever is asked, without core, records, policy'

/** What is asked of tasks over Temporal. */
export const measures = {
  time: {
    id: 'temporal-time-1',
    measure: `time of a ${task}, 1 at a time`,
    baseline: everyone,
    unit: 'ms',
    goal: '<= 0.5',
  },
  p99: { id: 'temporal-p99-1', measure: `p99 of the same`, baseline: everyone, unit: 'ms', goal: 'reported' },
  eight: {
    id: 'temporal-rate-8',
    measure: `${task}, 8 at a time`,
    baseline: everyone,
    unit: 'tasks/s',
    goal: 'reported',
  },
  rate: {
    id: 'temporal-rate-32',
    measure: `${task}, 32 at a time`,
    baseline: everyone,
    unit: 'tasks/s',
    goal: '>= 1.5',
  },
  ratep99: {
    id: 'temporal-p99-32',
    measure: `p99 of the same, 32 at a time`,
    baseline: everyone,
    unit: 'ms',
    goal: 'reported',
  },
  bareTime: {
    id: 'temporal-bare-1',
    measure: `time of a ${task}, 1 at a time`,
    baseline: bare,
    unit: 'ms',
    goal: '<= 1.15',
  },
  bareEight: {
    id: 'temporal-bare-8',
    measure: `time of a ${task}, 8 at a time`,
    baseline: bare,
    unit: 'ms',
    goal: 'reported',
  },
  bareRate: {
    id: 'temporal-bare-32',
    measure: `time of a ${task}, 32 at a time`,
    baseline: bare,
    unit: 'ms',
    goal: '<= 1.15',
  },
  embedded: {
    id: 'temporal-embedded-32',
    measure: 'the same task embedded, on PostgreSQL, 32 at a time',
    baseline: 'over Temporal',
    unit: 'tasks/s',
    goal: 'reported',
  },
  cpu: {
    id: 'temporal-cpu',
    measure: `processor time of the process for a ${task}, 32 at a time`,
    baseline: everyone,
    unit: 'ms',
    goal: 'reported',
  },
  events: {
    id: 'temporal-events',
    measure: `events in the history of a ${task}`,
    baseline: everyone,
    unit: 'events',
    goal: 'reported',
  },
  bytes: {
    id: 'temporal-bytes',
    measure: `bytes of the history of a ${task}`,
    baseline: everyone,
    unit: 'bytes',
    goal: 'reported',
  },
  memory: {
    id: 'temporal-memory',
    measure: "a worker's memory for 1,000 open tasks",
    baseline: 'for 1,000 bare workflows',
    unit: 'MiB',
    goal: 'reported',
  },
} as const satisfies Record<string, Measure>
