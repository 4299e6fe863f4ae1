import type { Measure } from '../measure/result.ts'

const unit = 'appends/s'
const whole = 'whole append (record of 1 KB, head, cause, message, intent, hold)'

/** What is asked of the store. */
export const measures = {
  one: {
    id: 'append-1',
    measure: `${whole}, 1 in flight`,
    baseline: 'one-row prepared insert of 1 KB through pg, 1 connection',
    unit,
    goal: '>= 0.35',
    stretch: '>= 0.5',
  },
  many: {
    id: 'append-256',
    measure: `${whole}, 256 in flight, one process`,
    baseline: 'the same insert, 32 connections',
    unit,
    goal: '>= 0.8',
  },
  two: {
    id: 'append-256-two-processes',
    measure: `${whole}, 256 in flight, two processes`,
    baseline: 'the same insert, 32 connections',
    unit,
    goal: '>= 1',
    stretch: '>= 1.3',
  },
  onePgbench: {
    id: 'append-1-pgbench',
    measure: `${whole}, 1 in flight`,
    baseline: "pgbench's one-row insert, 1 client",
    unit,
    goal: 'reported',
  },
  manyPgbench: {
    id: 'append-256-pgbench',
    measure: `${whole}, 256 in flight, one process`,
    baseline: "pgbench's one-row insert, 32 clients",
    unit,
    goal: 'reported',
  },
} as const satisfies Record<string, Measure>
