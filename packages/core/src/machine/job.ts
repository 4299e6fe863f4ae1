import { assign, setup } from 'xstate'

import { skillLogic } from '../actor/skill.ts'
import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'

/** What a job's machine begins with. */
export interface JobInput {
  readonly input: Json
  readonly task: string
  readonly kind: string
  readonly sender: string
}

/** One tool call that a model asks for. */
export interface Call {
  readonly id: string
  readonly tool: string
  readonly input: Json
}

/** What happened so far in a job, as the model is told. */
export type Turn =
  | { readonly role: 'assistant'; readonly calls: readonly Call[] }
  | {
      readonly role: 'tool'
      readonly call: string
      readonly tool: string
      readonly output?: Json
      readonly error?: Failure
    }

/** What a model step is given, beside the instructions and contracts of the job's definition. */
export interface ThinkInput {
  readonly input: Json
  readonly conversation: readonly Turn[]
}

/** What a model step ends with. */
export type ThinkOutput =
  | { readonly kind: 'answer'; readonly output: Json }
  | { readonly kind: 'calls'; readonly calls: readonly Call[] }

interface JobContext extends JobInput {
  readonly conversation: readonly Turn[]
  readonly calls: readonly Call[]
  readonly answer: Json
}

/**
 * The default job: thinks, makes the tool calls that the model asks for one by one, and thinks again, until it answers. A call that is
 * refused or fails is told to the model, which may go on without it; the limits of the job bound how often.
 */
export const standardJob = setup({
  types: { context: {} as JobContext, input: {} as JobInput, output: null as Json },
  actors: {
    think: skillLogic<ThinkInput, ThinkOutput>({ kind: 'think' }),
    use: skillLogic<{ tool: string; input: Json }, Json>({ kind: 'use' }),
  },
}).createMachine({
  id: 'job',
  context: ({ input }) => ({ ...input, conversation: [], calls: [], answer: null }),
  initial: 'thinking',
  output: ({ context }) => context.answer,
  states: {
    thinking: {
      invoke: {
        id: 'think',
        src: 'think',
        input: ({ context }) => ({ input: context.input, conversation: context.conversation }),
        onDone: [
          {
            guard: function asksForTools({ event }) {
              return event.output.kind === 'calls' && event.output.calls.length > 0
            },
            target: 'using',
            actions: assign(({ context, event }) => {
              const calls = event.output.kind === 'calls' ? event.output.calls : []
              return { calls, conversation: [...context.conversation, { role: 'assistant', calls } satisfies Turn] }
            }),
          },
          {
            target: 'answered',
            actions: assign({ answer: ({ event }) => (event.output.kind === 'answer' ? event.output.output : null) }),
          },
        ],
      },
    },
    using: {
      invoke: {
        id: 'use',
        src: 'use',
        input: ({ context }) => ({ tool: context.calls[0]?.tool ?? '', input: context.calls[0]?.input ?? null }),
        onDone: { target: 'used', actions: assign(({ context, event }) => told(context, { output: event.output })) },
        onError: {
          target: 'used',
          actions: assign(({ context, event }) => told(context, { error: event.error as Failure })),
        },
      },
    },
    used: {
      always: [
        {
          guard: function moreCalls({ context }) {
            return context.calls.length > 0
          },
          target: 'using',
        },
        { target: 'thinking' },
      ],
    },
    answered: { type: 'final' },
  },
})

function told(
  context: JobContext,
  result: { readonly output: Json } | { readonly error: Failure },
): Pick<JobContext, 'calls' | 'conversation'> {
  const [call, ...calls] = context.calls
  const turn = { role: 'tool', call: call?.id ?? '', tool: call?.tool ?? '', ...result } satisfies Turn
  return { calls, conversation: [...context.conversation, turn] }
}
