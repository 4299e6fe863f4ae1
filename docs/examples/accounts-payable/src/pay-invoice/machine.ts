import { assign } from 'xstate'
import { bookArguments, payArguments } from '../match/settlement.ts'
import { approvingEntry, approvingPayment } from './consent.ts'
import { beginning, reportIn } from './context.ts'
import { graph } from './graph.ts'
import { outcomeOf } from './outcome.ts'

const failing = { target: 'failed', actions: 'fail' } as const

/** Who does what with a document, in which order. A model fills in `understanding` and `explaining`; every way out of a state is a rule. */
export const payInvoiceMachine = graph.createMachine({
  id: 'pay-invoice',
  context: beginning,
  initial: 'reading',
  output: outcomeOf,
  states: {
    reading: {
      invoke: {
        id: 'read-invoice',
        src: 'readInvoice',
        input: ({ context: { document, message } }) => ({ document, ...(message === undefined ? {} : { message }) }),
        onDone: { target: 'checking', actions: assign({ parsed: ({ event }) => event.output }) },
        onError: failing,
      },
    },
    checking: {
      always: [{ guard: 'isFaulty', target: 'refused', actions: 'refuseAsFaulty' }, { target: 'understanding' }],
    },
    understanding: {
      invoke: {
        id: 'read-notes',
        src: 'readNotes',
        input: ({ context: { parsed } }) =>
          parsed?.kind === 'read' ? parsed.question : { lines: [], notes: [], message: null },
        onDone: { target: 'matching', actions: assign({ answer: ({ event }) => event.output }) },
        // A model that does not answer leaves a fact missing, and a person is asked.
        onError: { target: 'matching' },
      },
    },
    matching: {
      invoke: {
        id: 'match-invoice',
        src: 'matchInvoice',
        input: ({ context: { document, answer } }) => ({
          document,
          understood: answer?.orderReference ?? null,
          costAccount: answer?.costAccount ?? null,
        }),
        onDone: { target: 'weighing', actions: assign({ report: ({ event }) => event.output }) },
        onError: failing,
      },
    },
    weighing: {
      always: [
        { guard: 'isRefused', target: 'refused', actions: 'refuseAsFound' },
        { guard: 'isPayableByNobody', target: 'paying-at-once' },
        { guard: 'needsNobody', target: 'booking-at-once' },
        { guard: 'hasDeviations', target: 'explaining' },
        { target: 'asking' },
      ],
    },
    explaining: {
      invoke: {
        id: 'explain-deviations',
        src: 'explainDeviations',
        input: ({ context }) => ({ deviations: reportIn(context).deviations }),
        onDone: { target: 'asking', actions: assign({ explanations: ({ event }) => event.output.explanations }) },
        onError: { target: 'asking' },
      },
    },
    asking: {
      always: [
        { guard: 'isPayableByChief', target: 'approving-payment.chief-financial-officer' },
        { guard: 'isPayable', target: 'approving-payment.controller' },
        { guard: 'needsChief', target: 'approving-entry.chief-financial-officer' },
        { target: 'approving-entry.controller' },
      ],
    },
    'approving-payment': approvingPayment,
    'approving-entry': approvingEntry,
    'paying-at-once': {
      invoke: {
        id: 'pay-at-once',
        src: 'payAtOnce',
        input: ({ context }) => payArguments(reportIn(context).settlement, 'nobody'),
        onDone: { target: 'settling', actions: assign({ result: ({ event }) => event.output }) },
        onError: failing,
      },
    },
    paying: {
      id: 'paying',
      invoke: {
        id: 'pay',
        src: 'pay',
        input: ({ context }) => payArguments(reportIn(context).settlement, context.approver),
        onDone: { target: 'settling', actions: assign({ result: ({ event }) => event.output }) },
        onError: failing,
      },
    },
    'booking-at-once': {
      invoke: {
        id: 'book-at-once',
        src: 'bookAtOnce',
        input: ({ context }) => bookArguments(reportIn(context).settlement, 'nobody'),
        onDone: { target: 'settling', actions: assign({ result: ({ event }) => event.output }) },
        onError: failing,
      },
    },
    booking: {
      id: 'booking',
      invoke: {
        id: 'book',
        src: 'book',
        input: ({ context }) => bookArguments(reportIn(context).settlement, context.approver),
        onDone: { target: 'settling', actions: assign({ result: ({ event }) => event.output }) },
        onError: failing,
      },
    },
    settling: {
      always: [
        // Another payment took from the order since they were compared: nothing was paid on the old comparison.
        { guard: 'hasOrderChanged', target: 'matching', actions: 'forgetDecision' },
        { guard: 'wasSettledBefore', target: 'refused', actions: 'refuseAsSettled' },
        { guard: 'isPayable', target: 'paid' },
        { target: 'booked' },
      ],
    },
    paid: { type: 'final' },
    booked: { type: 'final' },
    declined: { id: 'declined', type: 'final' },
    refused: { id: 'refused', type: 'final' },
    failed: { id: 'failed', type: 'final' },
  },
})
