import {
  defaultLimits,
  defaultTaskLimits,
  duty,
  skillLogic,
  standardDuty,
  type Colleague,
  type Definition,
  type Json,
  type JobInput,
  type Policy,
  type Schema,
  type Team,
  type Tool,
} from '@roster/core'
import { assign, setup, type AnyStateMachine } from 'xstate'

/** What a client wants done. */
export type Order = { readonly order: string }

const anything: Schema = { '~standard': { version: 1, vendor: 'simulation', validate: (value) => ({ value }) } }

interface Work {
  readonly order: string
  readonly failure: Json
}

/**
 * Pays an order, tells the ledger of it, and has it posted there: a message and an ask to one colleague, from two records in a row. What
 * takes too long is withdrawn.
 */
const settling = setup({
  types: { context: {} as Work, input: {} as JobInput },
  actors: {
    pay: skillLogic<Order, Json>({ kind: 'ask', to: { name: 'clerk' }, work: 'pay' }),
    post: skillLogic<Order, Json>({ kind: 'ask', to: { name: 'ledger' }, work: 'post' }),
    note: skillLogic<Order, Json>({ kind: 'tell', to: { name: 'ledger' }, event: 'note' }),
  },
}).createMachine({
  id: 'settle',
  context: ({ input }) => ({ order: (input.input as Order).order, failure: null }),
  initial: 'paying',
  output: ({ context }) => (context.failure === null ? null : { status: 'failed', error: context.failure }),
  states: {
    paying: {
      after: { 30_000: 'late' },
      invoke: {
        src: 'pay',
        input: ({ context: { order } }) => ({ order }),
        onDone: 'telling',
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => event.error as Json }) },
      },
    },
    telling: { invoke: { src: 'note', input: ({ context: { order } }) => ({ order }), onDone: 'posting' } },
    posting: {
      after: { 30_000: 'late' },
      invoke: {
        src: 'post',
        input: ({ context: { order } }) => ({ order }),
        onDone: 'done',
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => event.error as Json }) },
      },
    },
    late: { type: 'final', entry: assign({ failure: { code: 'expired', message: 'nobody did it in time' } }) },
    failed: { type: 'final' },
    done: { type: 'final' },
  },
})

/** A job that uses one tool and is done. */
const using = (name: string): AnyStateMachine =>
  setup({
    types: { context: {} as Work, input: {} as JobInput },
    actors: { use: skillLogic<Order, Json>({ kind: 'use', tool: name }) },
  }).createMachine({
    id: name,
    context: ({ input }) => ({ order: (input.input as Order).order, failure: null }),
    initial: 'using',
    output: ({ context }) => (context.failure === null ? null : { status: 'failed', error: context.failure }),
    states: {
      using: {
        invoke: {
          id: 'use',
          src: 'use',
          input: ({ context: { order } }) => ({ order }),
          onDone: 'done',
          onError: { target: 'failed', actions: assign({ failure: ({ event }) => event.error as Json }) },
        },
      },
      failed: { type: 'final' },
      done: { type: 'final' },
    },
  })

/** Writes a note down for a while, during which everything else waits. */
const writing = duty.createMachine({
  id: 'ledger',
  context: ({ input }) => ({ concurrency: input.concurrency, open: 0 }),
  initial: 'open',
  on: { 'job.ended': { actions: 'ended' } },
  states: {
    open: { on: { ...({ note: 'writing' } as object), work: { guard: 'free', actions: ['startJob', 'opened'] } } },
    writing: { after: { 40: 'open' } },
  },
})

function definition(kind: Definition['kind'], id: string, machine: AnyStateMachine): Definition {
  return {
    kind,
    id: `${id}@1.0.0`,
    digest: id.padEnd(64, '0'),
    machine,
    limits: kind === 'playbook' ? defaultTaskLimits : defaultLimits,
  }
}

function colleague(name: string, machine: AnyStateMachine, work: string): Colleague {
  const accepts = {
    [work]: { definition: definition('job', `${name}/${work}`, using(work)), instructions: '', tools: [work] },
  }
  const own = { name, version: '1.0.0', role: name, owner: name, concurrency: 1, tools: [work], model: null }
  return { kind: 'agent', ...own, duty: definition('colleague', name, machine), accepts }
}

/** `pay` can be repeated under its key; `post` must not be. */
function tool(name: string, idempotent: boolean): Tool {
  const contract = {
    name,
    version: '1.0.0',
    digest: name.padEnd(64, '0'),
    description: name,
    input: anything,
    output: anything,
  }
  const run = async (): Promise<never> => {
    throw new TypeError('a simulated effect is run by its process')
  }
  return { ...contract, owner: 'clerk', consequential: true, idempotent, place: 'host', integrity: 'trusted', run }
}

/** The team that is simulated: as little as it takes for every kind of row, for two senders of one recipient, and for both kinds of tools. */
export const team: Team = {
  name: 'desk',
  digest: 'desk'.padEnd(64, '0'),
  colleagues: { clerk: colleague('clerk', standardDuty, 'pay'), ledger: colleague('ledger', writing, 'post') },
  playbooks: {
    settle: {
      name: 'settle',
      version: '1.0.0',
      owner: 'clerk',
      definition: definition('playbook', 'settle', settling),
    },
  },
  tools: { pay: tool('pay', true), post: tool('post', false) },
  configuration: null,
}

export const policy: Policy = {
  digest: 'everything'.padEnd(64, '0'),
  decide: () => ({ allowed: true, policies: ['everything'], policySet: 'everything'.padEnd(64, '0'), reason: '' }),
}
