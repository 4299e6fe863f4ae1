import { use, type JobInput } from 'roster'
import { assign, setup } from 'xstate'
import type { BookEntry } from '../books/book-entry.ts'
import { book } from '../tools/book.ts'
import { pay, type PayInput } from '../tools/pay.ts'

/** One payment, with exactly the arguments that a check or a person vouches for. */
export const payJob = setup({
  types: { context: {} as { readonly given: PayInput; readonly result: unknown }, input: {} as JobInput },
  actors: { pay: use(pay) },
}).createMachine({
  id: 'pay',
  context: ({ input }) => ({ given: input.input as unknown as PayInput, result: null }),
  initial: 'paying',
  output: ({ context }) => context.result,
  states: {
    paying: {
      invoke: {
        id: 'pay',
        src: 'pay',
        input: ({ context }) => context.given,
        onDone: { target: 'answered', actions: assign({ result: ({ event }) => event.output }) },
      },
    },
    answered: { type: 'final' },
  },
})

/** One entry in the books, in the same way. */
export const bookJob = setup({
  types: { context: {} as { readonly given: BookEntry; readonly result: unknown }, input: {} as JobInput },
  actors: { book: use(book) },
}).createMachine({
  id: 'book',
  context: ({ input }) => ({ given: input.input as unknown as BookEntry, result: null }),
  initial: 'booking',
  output: ({ context }) => context.result,
  states: {
    booking: {
      invoke: {
        id: 'book',
        src: 'book',
        input: ({ context }) => context.given,
        onDone: { target: 'answered', actions: assign({ result: ({ event }) => event.output }) },
      },
    },
    answered: { type: 'final' },
  },
})
