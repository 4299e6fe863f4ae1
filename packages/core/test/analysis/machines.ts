import { and, assign, not, raise, setup } from 'xstate'

import { skillLogic, type Json } from '../../src/index.ts'

const ask = (work: string) => skillLogic<Json, Json>({ kind: 'ask', to: { name: 'ada' }, work })

/** The words of which the machines of these tests are made. */
const words = setup({
  types: { context: {} as { readonly n: number } },
  actors: {
    draft: ask('draft'),
    pay: ask('pay'),
    approve: skillLogic<Json, { decision: string }>({
      kind: 'approve',
      to: { name: 'eve' },
      tool: 'pay',
      validForMs: 60_000,
    }),
    think: skillLogic<Json, Json>({ kind: 'think' }),
    use: skillLogic<Json, Json>({ kind: 'use', tool: 'search' }),
    wait: skillLogic<{ ms: number }, null>({ kind: 'wait' }),
  },
  guards: {
    isLarge: ({ context }) => context.n > 10,
    isApproved: ({ event }) => (event as unknown as { output: { decision: string } }).output.decision === 'approved',
    isDeclined: ({ event }) => (event as unknown as { output: { decision: string } }).output.decision === 'declined',
  },
  delays: { patience: 1000 },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
})

/** Pays at once what is small, and asks a person about the rest. */
export const paying = words.createMachine({
  id: 'paying',
  context: { n: 0 },
  initial: 'drafting',
  states: {
    drafting: {
      invoke: {
        id: 'draft',
        src: 'draft',
        input: ({ context }) => context.n,
        onDone: [{ guard: 'isLarge', target: 'asking' }, { target: 'paying' }],
        onError: 'failed',
      },
    },
    asking: {
      invoke: {
        id: 'approve',
        src: 'approve',
        input: null,
        onDone: [{ guard: 'isApproved', target: 'paying' }, { target: 'declined' }],
        onError: 'failed',
      },
      after: { patience: 'declined' },
    },
    paying: { invoke: { id: 'pay', src: 'pay', input: null, onDone: 'paid', onError: 'failed' } },
    paid: { type: 'final' },
    declined: { type: 'final' },
    failed: { type: 'final' },
  },
})

/** The same with the guard of the approval turned round. */
export const miswired = words.createMachine({
  id: 'miswired',
  context: { n: 0 },
  initial: 'asking',
  states: {
    asking: {
      invoke: {
        id: 'approve',
        src: 'approve',
        input: null,
        onDone: [{ guard: 'isDeclined', target: 'paying' }, { target: 'declined' }],
        onError: 'declined',
      },
    },
    paying: { invoke: { id: 'pay', src: 'pay', input: null, onDone: 'paid', onError: 'declined' } },
    paid: { type: 'final' },
    declined: { type: 'final' },
  },
})

/** Drafts again for as long as somebody finds something, with nothing that bounds it. */
export const redrafting = words.createMachine({
  id: 'redrafting',
  context: { n: 0 },
  initial: 'drafting',
  states: {
    drafting: { invoke: { id: 'draft', src: 'draft', input: null, onDone: 'reading', onError: 'over' } },
    reading: { always: [{ guard: 'isLarge', target: 'drafting', actions: 'count' }, { target: 'over' }] },
    over: { type: 'final' },
  },
})

/** A job that thinks, and thinks again. */
export const pondering = words.createMachine({
  id: 'pondering',
  context: { n: 0 },
  initial: 'thinking',
  states: {
    thinking: {
      invoke: {
        id: 'think',
        src: 'think',
        input: null,
        onDone: [{ guard: 'isLarge', target: 'over' }, { target: 'using' }],
      },
    },
    using: { invoke: { id: 'use', src: 'use', input: null, onDone: 'thinking', onError: 'over' } },
    over: { type: 'final' },
  },
})

/** Three regions, one of which ends by what another one raises; one state is reached by nothing, and one is never left. */
export const sides = words.createMachine({
  id: 'sides',
  context: { n: 0 },
  initial: 'both',
  states: {
    both: {
      type: 'parallel',
      onDone: 'over',
      states: {
        left: {
          initial: 'drafting',
          states: {
            drafting: {
              invoke: {
                id: 'left',
                src: 'draft',
                input: null,
                onDone: { target: 'ready', actions: raise({ type: 'ready' }) },
                onError: '#sides.stuck',
              },
            },
            ready: { type: 'final' },
          },
        },
        right: {
          initial: 'drafting',
          states: {
            drafting: { invoke: { id: 'right', src: 'draft', input: null, onDone: 'ready', onError: 'ready' } },
            ready: { type: 'final' },
          },
        },
        bell: { initial: 'silent', states: { silent: { on: { ready: 'rung' } }, rung: { type: 'final' } } },
      },
    },
    stuck: { on: { shake: { guard: and(['isLarge', not('isLarge')]), target: 'over' } } },
    forgotten: {},
    over: { type: 'final' },
  },
})

/** Asks for the same thing in a circle within one step. */
export const whirling = words.createMachine({
  id: 'whirling',
  context: { n: 0 },
  initial: 'one',
  states: {
    one: {
      always: [
        { guard: 'isLarge', target: 'over' },
        { target: 'two', actions: 'count' },
      ],
    },
    two: { always: 'one' },
    over: { type: 'final' },
  },
})

/** A step whose error nobody handles. */
export const careless = words.createMachine({
  id: 'careless',
  context: { n: 0 },
  initial: 'drafting',
  states: {
    drafting: { invoke: { id: 'draft', src: 'draft', input: null, onDone: 'waiting' } },
    waiting: { invoke: { id: 'wait', src: 'wait', input: { ms: 5 }, onDone: 'over' } },
    over: { type: 'final' },
  },
})
