import {
  amounts,
  defaultLimits,
  defaultTaskLimits,
  skillLogic,
  type ApprovalReply,
  type Definition,
  type Failure,
  type JobInput,
  type Json,
  type Schema,
} from '@roster/core'
import { sha256 } from '@roster/testing'
import { assign, setup, type AnyStateMachine } from 'xstate'

/** A definition as a loader would make it: its digest follows from its id. */
export function definition(
  kind: Definition['kind'],
  id: string,
  machine: AnyStateMachine,
  parts: Partial<Definition> = {},
): Definition {
  const limits = kind === 'playbook' ? defaultTaskLimits : defaultLimits
  return { kind, id, digest: sha256(id), machine, limits, ...parts }
}

/** A schema of an object whose member of this name is a number. */
export function withNumber(member: string): Schema {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        typeof (value as Record<string, unknown> | null)?.[member] === 'number'
          ? { value }
          : { issues: [{ message: 'is no number', path: [member] }] },
    },
  }
}

interface Payment {
  readonly amount: number
}

/** A treasurer's job: pays, and asks the chief first where that is needed. */
const payment = setup({
  types: {
    context: {} as { readonly input: Payment; readonly result: Json; readonly failure: Failure | null },
    input: {} as JobInput,
  },
  actors: {
    pay: skillLogic<Json, Json>({ kind: 'use', tool: 'pay' }),
    approve: skillLogic<{ arguments: Json; question: Json }, ApprovalReply>({
      kind: 'approve',
      to: { role: 'chief' },
      tool: 'pay',
      validForMs: 3_600_000,
    }),
  },
  actions: {
    failed: assign({ failure: ({ event }) => (event as unknown as { error: Failure }).error }),
  },
}).createMachine({
  id: 'payment',
  context: ({ input }) => ({ input: input.input as unknown as Payment, result: null, failure: null }),
  initial: 'paying',
  output: ({ context }) => (context.failure === null ? context.result : { status: 'refused', error: context.failure }),
  states: {
    paying: {
      invoke: {
        id: 'pay',
        src: 'pay',
        input: ({ context }) => context.input as unknown as Json,
        onDone: { target: 'over', actions: assign({ result: ({ event }) => event.output }) },
        onError: [
          { guard: ({ event }) => (event.error as Failure).code === 'approval-required', target: 'asking' },
          { target: 'over', actions: 'failed' },
        ],
      },
    },
    asking: {
      invoke: {
        id: 'approve',
        src: 'approve',
        input: ({ context }) => ({ arguments: context.input as unknown as Json, question: 'May I pay?' }),
        onDone: [
          { guard: ({ event }) => event.output.decision === 'approved', target: 'paying' },
          { target: 'over', actions: assign({ failure: { code: 'declined', message: 'The chief declined.' } }) },
        ],
        onError: { target: 'over', actions: 'failed' },
      },
    },
    over: { type: 'final' },
  },
})

const ask = {
  read: skillLogic<Json, Json>({ kind: 'ask', to: { role: 'clerk' }, work: 'read' }),
  // What was read is not trusted; the graph vouches for having read it.
  pay: skillLogic<Json, Json>({
    kind: 'ask',
    to: { name: 'tess' },
    work: 'pay',
    endorse: { check: 'was-read', tool: 'pay', arguments: (input) => input },
  }),
  gossip: skillLogic<Json, Json>({ kind: 'ask', to: { role: 'clerk' }, work: 'gossip' }),
  rest: skillLogic<{ ms: number }, Json>({ kind: 'wait' }),
}

interface TaskContext {
  readonly input: Json
  readonly results: readonly Json[]
}

const tasks = setup({
  types: { context: {} as TaskContext, input: {} as JobInput, events: {} as { type: 'note'; payload: Json } },
  actors: ask,
  actions: {
    keep: assign({
      results: ({ context, event }) => [...context.results, (event as unknown as { output: Json }).output],
    }),
    keepError: assign({
      results: ({ context, event }) => [
        ...context.results,
        { error: (event as unknown as { error: Failure }).error.code },
      ],
    }),
  },
  guards: {
    broken: () => {
      throw new Error('the guard is broken')
    },
  },
})
const context = ({ input }: { input: JobInput }): TaskContext => ({ input: input.input, results: [] })
const output = ({ context: { results } }: { context: TaskContext }): readonly Json[] => results

/** Reads, then pays what was read. */
const brief = tasks.createMachine({
  id: 'brief',
  context,
  output,
  initial: 'reading',
  states: {
    reading: {
      invoke: {
        id: 'read',
        src: 'read',
        input: ({ context: { input } }) => input,
        onDone: { target: 'paying', actions: 'keep' },
      },
    },
    paying: {
      invoke: {
        id: 'pay',
        src: 'pay',
        input: ({ context: { results } }) => results[0] ?? null,
        onDone: { target: 'over', actions: 'keep' },
        onError: { target: 'over', actions: 'keepError' },
      },
    },
    over: { type: 'final' },
  },
})

/** Reads twice at once. */
const twice = tasks.createMachine({
  id: 'twice',
  context,
  output,
  initial: 'reading',
  states: {
    reading: {
      type: 'parallel',
      onDone: 'over',
      states: {
        one: {
          initial: 'on',
          states: {
            on: {
              invoke: {
                id: 'one',
                src: 'read',
                input: ({ context: { input } }) => input,
                onDone: { target: 'off', actions: 'keep' },
              },
            },
            off: { type: 'final' },
          },
        },
        two: {
          initial: 'on',
          states: {
            on: {
              invoke: {
                id: 'two',
                src: 'read',
                input: ({ context: { input } }) => input,
                onDone: { target: 'off', actions: 'keep' },
              },
            },
            off: { type: 'final' },
          },
        },
      },
    },
    over: { type: 'final' },
  },
})

/** Rests for a minute, and gives the reading a minute. */
const patient = tasks.createMachine({
  id: 'patient',
  context,
  output,
  initial: 'resting',
  states: {
    resting: { invoke: { id: 'rest', src: 'rest', input: { ms: 60_000 }, onDone: 'reading' } },
    reading: {
      after: { 60_000: 'late' },
      invoke: {
        id: 'read',
        src: 'read',
        input: ({ context: { input } }) => input,
        onDone: { target: 'over', actions: 'keep' },
      },
    },
    late: { type: 'final' },
    over: { type: 'final' },
  },
})

/** Asks for what nobody accepts. */
const idle = tasks.createMachine({
  id: 'idle',
  context,
  output,
  initial: 'asking',
  states: {
    asking: {
      invoke: {
        id: 'gossip',
        src: 'gossip',
        input: null,
        onDone: 'over',
        onError: { target: 'over', actions: 'keepError' },
      },
    },
    over: { type: 'final' },
  },
})

/** Cannot take the answer that it asked for. */
const broken = tasks.createMachine({
  id: 'broken',
  context,
  output,
  initial: 'reading',
  states: {
    reading: {
      invoke: { id: 'read', src: 'read', input: null, onDone: { guard: 'broken', target: 'over' } },
      on: { note: { guard: 'broken' } },
    },
    over: { type: 'final' },
  },
})

const machines = { brief, twice, patient, idle, broken }

/** The playbooks of the test team, by name. */
export const playbooks: Readonly<Record<keyof typeof machines, Definition>> = {
  brief: definition('playbook', 'brief@1.0.0', brief as never, {
    input: withNumber('amount'),
    about: ({ input }: TaskContext) => [`amount/${JSON.stringify(input)}`],
  }),
  twice: definition('playbook', 'twice@1.0.0', twice as never),
  patient: definition('playbook', 'patient@1.0.0', patient as never),
  idle: definition('playbook', 'idle@1.0.0', idle as never),
  broken: definition('playbook', 'broken@1.0.0', broken as never),
}

/** The treasurer's job. */
export const payJob = definition('job', 'tess@1.0.0/pay', payment as never, { input: withNumber('amount') })

/** Enough for one model call and one tool call. */
export const smallBudget = {
  ...defaultLimits,
  budget: amounts({ costMicroUsd: 50_000, tokens: 32_000, modelCalls: 1, toolCalls: 1 }),
}
