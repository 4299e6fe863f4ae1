import { skillLogic } from '@roster/core'
import { assign, setup } from 'xstate'

/** What a reader is asked for, and answers. */
export interface Question {
  readonly number: number
  readonly document: string
}
export interface Reply {
  readonly number: number
}

/** A reader's job: it has read the document when it begins. */
export const readingJob = setup({
  types: { context: {} as Question, input: {} as { readonly input: Question }, output: {} as Reply },
}).createMachine({
  id: 'reading',
  context: ({ input }) => input.input,
  initial: 'read',
  states: { read: { type: 'final' } },
  output: ({ context }) => ({ number: context.number + 1 }),
})

/** A task that asks its reader again and again, with its document of 1 KB. It has no end. */
export function askingPlaybook(reader: string) {
  return setup({
    types: { context: {} as Question, input: {} as { readonly input: Question } },
    actors: { read: skillLogic<Question, Reply>({ kind: 'ask', to: { name: reader }, work: 'read' }) },
  }).createMachine({
    id: `ask-${reader}`,
    context: ({ input }) => input.input,
    initial: 'asking',
    states: {
      asking: {
        invoke: {
          id: 'read',
          src: 'read',
          input: ({ context }) => context,
          onDone: {
            target: 'asking',
            reenter: true,
            actions: assign(({ event }) => ({ number: event.output.number })),
          },
        },
      },
    },
  })
}
