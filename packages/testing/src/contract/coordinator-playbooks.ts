/**
 * The playbooks that every coordinator has to drive, one for each kind of state. They are bundled into workflows too, so this file imports
 * nothing but the core and XState.
 */
import {
  defaultTaskLimits,
  skillLogic,
  type ApprovalReply,
  type Definition,
  type Failure,
  type JobInput,
  type Json,
  type Schema,
} from '@roster/core'
import { assign, setup, type AnyStateMachine } from 'xstate'

/** What a task of the contract is given: how long its delays take, and what else its playbook looks at. */
export interface Order {
  /** How long each delay takes, in milliseconds. */
  readonly ms: number
  /** What is given to whoever is asked. */
  readonly value?: Json
  /** How often to go round. */
  readonly rounds?: number
}

interface Context {
  readonly order: Order
  readonly results: readonly Json[]
}

type Question = { readonly arguments: Json; readonly question: Json }

const kit = setup({
  types: { context: {} as Context, input: {} as JobInput },
  actors: {
    echo: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'echo' }, work: 'echo' }),
    any: skillLogic<Json, Json>({ kind: 'ask', to: { role: 'speaker' }, work: 'echo' }),
    fails: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'echo' }, work: 'fail' }),
    never: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'echo' }, work: 'never' }),
    note: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'echo' }, work: 'note' }),
    tell: skillLogic<Question, null>({ kind: 'tell', to: { name: 'eve' }, event: 'notice', inbox: true }),
    rest: skillLogic<{ readonly ms: number }, null>({ kind: 'wait' }),
    approve: skillLogic<Question, ApprovalReply>({
      kind: 'approve',
      to: { name: 'pat' },
      tool: 'publish',
      validForMs: 3_600_000,
    }),
    escalate: skillLogic<Question, ApprovalReply>({
      kind: 'approve',
      to: { name: 'eve' },
      tool: 'publish',
      validForMs: 3_600_000,
    }),
  },
  actions: {
    keep: assign({
      results: ({ context, event }) => [...context.results, (event as unknown as { readonly output: Json }).output],
    }),
    keepCode: assign({
      results: ({ context, event }) => [
        ...context.results,
        (event as unknown as { readonly error: Failure }).error.code,
      ],
    }),
    keepDecision: assign({
      results: ({ context, event }) => [
        ...context.results,
        (event as unknown as { readonly output: ApprovalReply }).output.decision,
      ],
    }),
  },
  guards: {
    again: ({ context }) => context.results.length < (context.order.rounds ?? 1),
    isLarge: ({ context }) => Number(context.order.value) > 10,
    broken: () => {
      throw new Error('the guard is broken')
    },
  },
  delays: { patience: ({ context }) => context.order.ms },
})

const context = ({ input }: { readonly input: JobInput }): Context => ({
  order: input.input as unknown as Order,
  results: [],
})
const output = ({ context: { results } }: { readonly context: Context }): readonly Json[] => results
const value = ({ context: { order } }: { readonly context: Context }): Json => order.value ?? null
const question = ({ context: { order } }: { readonly context: Context }): Question => ({
  arguments: order.value ?? null,
  question: 'May it be published?',
})
const over = { type: 'final' } as const

/** One colleague after the other. */
const line = kit.createMachine({
  id: 'line',
  context,
  output,
  initial: 'first',
  states: {
    first: { invoke: { id: 'one', src: 'echo', input: value, onDone: { target: 'second', actions: 'keep' } } },
    second: { invoke: { id: 'two', src: 'any', input: value, onDone: { target: 'over', actions: 'keep' } } },
    over,
  },
})

const region = (id: string, src: 'echo' | 'any') =>
  ({
    initial: 'asking',
    states: {
      asking: { invoke: { id, src, input: value, onDone: { target: 'answered', actions: 'keep' } } },
      answered: over,
    },
  }) as const

/** Two at once, and both are needed. */
const parallel = kit.createMachine({
  id: 'parallel',
  context,
  output,
  initial: 'asking',
  states: {
    asking: {
      type: 'parallel',
      onDone: 'over',
      states: { left: region('left', 'echo'), right: region('right', 'any') },
    },
    over,
  },
})

/** One way or the other. */
const branch = kit.createMachine({
  id: 'branch',
  context,
  output,
  initial: 'choosing',
  states: {
    choosing: { always: [{ guard: 'isLarge', target: 'asking' }, { target: 'over' }] },
    asking: { invoke: { id: 'one', src: 'echo', input: value, onDone: { target: 'over', actions: 'keep' } } },
    over,
  },
})

/** The same again, as often as it is told. */
const loop = kit.createMachine({
  id: 'loop',
  context,
  output,
  initial: 'asking',
  states: {
    asking: { invoke: { id: 'one', src: 'echo', input: value, onDone: { target: 'deciding', actions: 'keep' } } },
    deciding: { always: [{ guard: 'again', target: 'asking' }, { target: 'over' }] },
    over,
  },
})

/** Rests, then asks. */
const rested = kit.createMachine({
  id: 'rested',
  context,
  output,
  initial: 'resting',
  states: {
    resting: {
      invoke: { id: 'rest', src: 'rest', input: ({ context: { order } }) => ({ ms: order.ms }), onDone: 'asking' },
    },
    asking: { invoke: { id: 'one', src: 'echo', input: value, onDone: { target: 'over', actions: 'keep' } } },
    over,
  },
})

/** Gives up what takes too long. */
const late = kit.createMachine({
  id: 'late',
  context,
  output,
  initial: 'asking',
  states: {
    asking: {
      after: { patience: { target: 'over', actions: assign({ results: ['late'] }) } },
      invoke: { id: 'one', src: 'never', input: value, onDone: { target: 'over', actions: 'keep' } },
    },
    over,
  },
})

/** Waits for what nobody says. */
const patient = kit.createMachine({
  id: 'patient',
  context,
  output,
  initial: 'asking',
  states: {
    asking: { invoke: { id: 'one', src: 'never', input: value, onDone: { target: 'over', actions: 'keep' } } },
    over,
  },
})

/** Waits for a person; asks another one when the first takes too long. */
const approved = kit.createMachine({
  id: 'approved',
  context,
  output,
  initial: 'asking',
  states: {
    asking: {
      after: { patience: 'escalating' },
      invoke: { id: 'approve', src: 'approve', input: question, onDone: { target: 'over', actions: 'keepDecision' } },
    },
    escalating: {
      invoke: { id: 'escalate', src: 'escalate', input: question, onDone: { target: 'over', actions: 'keepDecision' } },
    },
    over,
  },
})

/** Goes on after an error that it handles. */
const handled = kit.createMachine({
  id: 'handled',
  context,
  output,
  initial: 'asking',
  states: {
    asking: { invoke: { id: 'one', src: 'fails', input: value, onError: { target: 'over', actions: 'keepCode' } } },
    over,
  },
})

/** Ends with an error that it does not handle. */
const unhandled = kit.createMachine({
  id: 'unhandled',
  context,
  output,
  initial: 'asking',
  states: { asking: { invoke: { id: 'one', src: 'fails', input: value, onDone: 'over' } }, over },
})

/** Cannot take the answer that it asked for. */
const broken = kit.createMachine({
  id: 'broken',
  context,
  output,
  initial: 'asking',
  states: {
    asking: { invoke: { id: 'one', src: 'echo', input: value, onDone: { guard: 'broken', target: 'over' } } },
    over,
  },
})

/** Has something done that can be counted. */
const noted = kit.createMachine({
  id: 'noted',
  context,
  output,
  initial: 'noting',
  states: {
    noting: { invoke: { id: 'one', src: 'note', input: value, onDone: { target: 'asking', actions: 'keep' } } },
    asking: { invoke: { id: 'two', src: 'echo', input: value, onDone: { target: 'over', actions: 'keep' } } },
    over,
  },
})

/** A note that is taken back when what follows fails, or when the task is cancelled; then somebody is told, and nobody waits for them. */
const undone = kit.createMachine({
  id: 'undone',
  context,
  output: ({ context: { results } }) =>
    results[0] === 'cancelled'
      ? { status: 'cancelled', error: { code: 'cancelled', message: 'The work was withdrawn.' } }
      : { status: 'failed', error: { code: results[0] as string, message: 'It was undone.' } },
  initial: 'noting',
  states: {
    noting: {
      on: { cancel: { target: 'over', actions: assign({ results: ['cancelled'] }) } },
      invoke: { id: 'noted', src: 'note', input: 'done', onDone: 'choosing' },
    },
    choosing: { always: [{ guard: 'isLarge', target: 'failing' }, { target: 'waiting' }] },
    waiting: {
      on: { cancel: { target: 'undoing', actions: assign({ results: ['cancelled'] }) } },
      invoke: { id: 'one', src: 'never', input: value, onDone: 'over' },
    },
    failing: {
      on: { cancel: { target: 'undoing', actions: assign({ results: ['cancelled'] }) } },
      invoke: { id: 'two', src: 'fails', input: value, onError: { target: 'undoing', actions: 'keepCode' } },
    },
    undoing: { invoke: { id: 'taken-back', src: 'note', input: 'undone', onDone: 'telling' } },
    telling: { invoke: { id: 'told', src: 'tell', input: question, onDone: 'over' } },
    over,
  },
})

/** One of few that may be under way at once. */
const few = kit.createMachine({
  id: 'few',
  context,
  output,
  initial: 'asking',
  states: {
    asking: { invoke: { id: 'one', src: 'echo', input: value, onDone: { target: 'over', actions: 'keep' } } },
    over,
  },
})

/** The only one that may be under way; it waits until it is cancelled. */
const alone = kit.createMachine({
  id: 'alone',
  context,
  output,
  initial: 'waiting',
  states: { waiting: { on: { go: 'over' } }, over },
})

const withMs: Schema = {
  '~standard': {
    version: 1,
    vendor: 'contract',
    validate: (input) =>
      typeof (input as Partial<Order> | null)?.ms === 'number'
        ? { value: input }
        : { issues: [{ message: 'is no number', path: ['ms'] }] },
  },
}

/** A playbook of the contract without its digest, as a workflow's bundle takes it. */
export type ContractPlaybook = Omit<Definition, 'kind' | 'digest'>

function playbook(machine: AnyStateMachine): ContractPlaybook {
  const about = ({ order }: Context): readonly string[] =>
    typeof order.value === 'string' ? [`paper/${order.value}`] : []
  return {
    id: `${machine.id}@1.0.0`,
    machine,
    input: withMs,
    limits: defaultTaskLimits,
    ...(machine.id === 'approved' ? { about } : {}),
  }
}

const machines = [
  line,
  parallel,
  branch,
  loop,
  rested,
  late,
  patient,
  approved,
  handled,
  unhandled,
  broken,
  noted,
  undone,
  few,
  alone,
]

/** All playbooks of the contract. */
export const coordinatorPlaybooks: readonly ContractPlaybook[] = machines.map((machine) => playbook(machine as never))
