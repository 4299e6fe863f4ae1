/** The playbook that is measured. It is bundled into a workflow, so this file imports nothing but the core and XState. */
import { defaultTaskLimits, instrumented, skillLogic, type Definition } from '@roster/core'
import { assign, setup } from 'xstate'

import type { Question, Reply } from '../step/machines.ts'

/** How often a task asks. */
export const askCount = 4

/** Who is asked. */
export const reader = 'reader-0'

const number = assign<Question, { readonly type: string; readonly output: Reply }, undefined, never, never>(
  ({ event }) => ({ number: event.output.number }),
)

const kit = setup({
  types: { context: {} as Question, input: {} as { readonly input: Question } },
  actors: { read: skillLogic<Question, Reply>({ kind: 'ask', to: { name: reader }, work: 'read' }) },
  actions: { number: number as never },
})

const asking = <Target extends string>(target: Target) =>
  ({
    invoke: {
      id: 'read',
      src: 'read',
      input: ({ context }: { readonly context: Question }) => context,
      onDone: { target, actions: 'number' },
    },
  }) as const

const machine = kit.createMachine({
  id: 'four',
  context: ({ input }) => input.input,
  initial: 'first',
  states: {
    first: asking('second'),
    second: asking('third'),
    third: asking('fourth'),
    fourth: asking('read'),
    read: { type: 'final' },
  },
  output: ({ context }) => ({ number: context.number }),
})

/** A task that asks four times, one after the other, with its document of 1 KB. */
export const four: Omit<Definition, 'kind' | 'digest'> = {
  id: 'four@1.0.0',
  machine: instrumented(machine),
  limits: defaultTaskLimits,
}
