import { use, type JobInput } from 'roster'
import { assign, setup } from 'xstate'
import type { MatchReport } from '../match/match-report.ts'
import { findOrder, type FoundOrder } from '../tools/find-order.ts'
import { matchInvoice } from '../tools/match-invoice.ts'
import type { MatchInput } from './match-input.ts'

interface Context {
  readonly given: MatchInput
  readonly found: FoundOrder
  readonly report: MatchReport | null
}

/** Finds the order, then compares line by line. Both are rules. */
export const matchJob = setup({
  types: { context: {} as Context, input: {} as JobInput },
  actors: { findOrder: use(findOrder), compare: use(matchInvoice) },
}).createMachine({
  id: 'match-invoice',
  context: ({ input }) => ({
    given: input.input as MatchInput,
    found: { order: null, namedBy: 'nobody' },
    report: null,
  }),
  initial: 'finding',
  output: ({ context }) => context.report,
  states: {
    finding: {
      invoke: {
        id: 'find-order',
        src: 'findOrder',
        input: ({ context: { given } }) => ({ document: given.document, understood: given.understood }),
        onDone: { target: 'comparing', actions: assign({ found: ({ event }) => event.output }) },
      },
    },
    comparing: {
      invoke: {
        id: 'match-invoice',
        src: 'compare',
        input: ({ context: { given, found } }) => ({ document: given.document, found, costAccount: given.costAccount }),
        onDone: { target: 'compared', actions: assign({ report: ({ event }) => event.output }) },
      },
    },
    compared: { type: 'final' },
  },
})
