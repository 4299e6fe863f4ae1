import type { Measure } from '../measure/result.ts'

const step =
  'durable step over JetStream (each task and its colleague on different hosts, every colleague with its own credential), 256 actors'

/** What is asked of the bus. */
export const measures = {
  dbos: {
    id: 'nats-dbos',
    measure: step,
    baseline: 'DBOS step, 256 workflows',
    unit: 'steps/s',
    goal: '>= 4',
    stretch: '>= 8',
  },
  inProcess: {
    id: 'nats-in-process',
    measure: step,
    baseline: 'the same actors in one process, without a bus',
    unit: 'steps/s',
    goal: '>= 0.6',
  },
  publish: {
    id: 'nats-publish',
    measure: 'publishing tasks with the client, acknowledged by JetStream',
    baseline: "the client library's awaited publish, one after the other",
    unit: 'tasks/s',
    goal: '>= 4',
  },
  memory: {
    id: 'nats-idle-memory',
    measure: 'memory of a host with 10,000 idle colleagues',
    baseline: '1 GiB',
    unit: 'MiB',
    goal: '<= 1',
  },
  cpu: {
    id: 'nats-idle-cpu',
    measure: 'processor time of a host with 10,000 idle colleagues, a second',
    baseline: 'a hundredth of a core',
    unit: 'ms',
    goal: '<= 1',
  },
} as const satisfies Record<string, Measure>
