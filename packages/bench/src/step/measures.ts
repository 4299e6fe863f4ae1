import type { Measure } from '../measure/result.ts'

const unit = 'steps/s'
const step =
  'durable step (message in, authorised, stepped, sealed, appended, reply out), 32 actors, all trust features on'

/** What is asked of a step. */
export const measures = {
  dbos: {
    id: 'step-dbos',
    measure: step,
    baseline: 'DBOS step, 32 workflows',
    unit,
    goal: '>= 5',
    stretch: '>= 10',
  },
  langgraph: {
    id: 'step-langgraph',
    measure: step,
    baseline: 'LangGraph.js step on PostgreSQL, 32 threads, sync durability',
    unit,
    goal: '>= 15',
    stretch: '>= 30',
  },
  p99: {
    id: 'step-p99',
    measure: 'p99 of the durable step, from the commit of its message to its own',
    baseline: 'p99 of the DBOS step',
    unit: 'ms',
    goal: '<= 0.25',
    stretch: '<= 0.12',
  },
  trust: {
    id: 'trust-step',
    measure: step,
    baseline: 'the same with policy, contracts, budgets, hash chain and keys off',
    unit,
    goal: '>= 0.85',
  },
} as const satisfies Record<string, Measure>
