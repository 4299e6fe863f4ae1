import {
  defaultLimits,
  skillLogic,
  type Colleague,
  type Failure,
  type JobInput,
  type Json,
  type Team,
} from '@roster/core'
import { sha256 } from '@roster/testing'
import { assign, setup } from 'xstate'

import { definition } from './definitions.ts'
import { team as acme } from './team.ts'

/** What is asked about, what is done then, how often, and how long after the decision. In milliseconds. */
export interface Settlement {
  readonly asked: Json
  readonly done: Json
  readonly times: number
  readonly afterMs: number
}

/** How long an approval that is asked for holds, in milliseconds. */
export const validForMs = 3_600_000

interface Context {
  readonly settlement: Settlement
  readonly left: number
  readonly results: readonly string[]
}

const parts = setup({
  types: { context: {} as Context, input: {} as JobInput, output: [] as readonly string[] },
  actors: {
    approve: skillLogic<{ arguments: Json; question: Json }, Json>({
      kind: 'approve',
      to: { role: 'chief' },
      tool: 'pay',
      validForMs,
    }),
    pay: skillLogic<Json, Json>({ kind: 'use', tool: 'pay' }),
    settle: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'tess' }, work: 'settle' }),
    wait: skillLogic<{ readonly ms: number }, null>({ kind: 'wait' }),
  },
  actions: {
    paid: assign({ left: ({ context }) => context.left - 1, results: ({ context }) => [...context.results, 'paid'] }),
    refused: assign({
      left: ({ context }) => context.left - 1,
      results: ({ context, event }) => [...context.results, (event as unknown as { error: Failure }).error.code],
    }),
  },
  guards: { more: ({ context }) => context.left > 0 },
})

const begin = ({ input }: { input: JobInput }): Context => {
  const settlement = input.input as unknown as Settlement
  return { settlement, left: settlement.times, results: [] }
}

/** Pays what it was told, as often as it was told, and asks nobody. */
const settling = parts.createMachine({
  id: 'settling',
  context: begin,
  output: ({ context }) => context.results,
  initial: 'paying',
  states: {
    paying: {
      invoke: {
        id: 'pay',
        src: 'pay',
        input: ({ context }) => context.settlement.done,
        onDone: { target: 'paid', actions: 'paid' },
        onError: { target: 'paid', actions: 'refused' },
      },
    },
    paid: { always: [{ guard: 'more', target: 'paying' }, { target: 'over' }] },
    over: { type: 'final' },
  },
})

/** Asks the chief about one thing and lets the treasurer do another, some time later. */
const settle = parts.createMachine({
  id: 'settle',
  context: begin,
  output: ({ context }) => context.results,
  initial: 'asking',
  states: {
    asking: {
      invoke: {
        id: 'approve',
        src: 'approve',
        input: ({ context }) => ({ arguments: context.settlement.asked, question: 'May it be paid?' }),
        onDone: 'waiting',
        onError: 'waiting',
      },
    },
    waiting: {
      invoke: {
        id: 'wait',
        src: 'wait',
        input: ({ context }) => ({ ms: context.settlement.afterMs }),
        onDone: 'settling',
      },
    },
    settling: {
      invoke: {
        id: 'settle',
        src: 'settle',
        input: ({ context }) => context.settlement as unknown as Json,
        onDone: { target: 'over', actions: assign({ results: ({ event }) => event.output as unknown as string[] }) },
        onError: 'over',
      },
    },
    over: { type: 'final' },
  },
})

const tess = acme.colleagues['tess'] as Colleague
const job = definition('job', 'tess@1.0.0/settle', settling as never, { limits: defaultLimits })

/** A team whose treasurer does as she is told: what keeps her from paying is not her machine. */
export const settlers: Team = {
  ...acme,
  digest: sha256('settlers'),
  colleagues: {
    ...acme.colleagues,
    // Several questions at a time are in her inbox.
    eve: { ...(acme.colleagues['eve'] as Colleague), concurrency: 10 },
    tess: { ...tess, concurrency: 2, accepts: { settle: { definition: job, instructions: '', tools: ['pay'] } } },
  },
  playbooks: {
    settle: {
      name: 'settle',
      version: '1.0.0',
      owner: 'eve',
      definition: definition('playbook', 'settle@1.0.0', settle as never),
    },
  },
}
