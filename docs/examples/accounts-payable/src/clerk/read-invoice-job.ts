import { use, type JobInput } from 'roster'
import { assign, setup } from 'xstate'
import type { TaskInput } from '../pay-invoice/task-input.ts'
import { parseInvoice, type Parsed } from '../tools/parse-invoice.ts'

/** Reading is parsing and arithmetic: no model takes part in what is owed. */
export const readInvoiceJob = setup({
  types: { context: {} as { readonly given: TaskInput; readonly parsed: Parsed | null }, input: {} as JobInput },
  actors: { parse: use(parseInvoice) },
}).createMachine({
  id: 'read-invoice',
  context: ({ input }) => ({ given: input.input as TaskInput, parsed: null }),
  initial: 'parsing',
  output: ({ context }) => context.parsed,
  states: {
    parsing: {
      invoke: {
        id: 'parse',
        src: 'parse',
        input: ({ context }) => ({ ...context.given, message: context.given.message ?? null }),
        onDone: { target: 'read', actions: assign({ parsed: ({ event }) => event.output }) },
      },
    },
    read: { type: 'final' },
  },
})
