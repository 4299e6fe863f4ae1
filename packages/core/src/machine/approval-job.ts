import { assign, setup } from 'xstate'

import type { Approval } from '../approval/approval.ts'
import type { JobInput } from './job.ts'

/** What an asker learns of a person's decision. The signed approval itself travels beside it. */
export interface ApprovalReply {
  readonly decision: 'approved' | 'declined'
  readonly person: string
  readonly role: string
  readonly reason: string
  readonly approval: string
}

/** A person's job when their consent is asked for: it shows in the inbox and waits for the signed decision. */
export const approvalJob = setup({
  types: {
    context: {} as JobInput & { readonly reply: ApprovalReply | null },
    input: {} as JobInput,
    events: {} as { readonly type: 'decision'; readonly payload: Approval },
    output: {} as ApprovalReply | null,
  },
}).createMachine({
  id: 'approval',
  context: ({ input }) => ({ ...input, reply: null }),
  initial: 'waiting',
  output: ({ context }) => context.reply,
  states: {
    waiting: {
      on: {
        decision: {
          target: 'decided',
          actions: assign({
            reply: ({ event: { payload } }) => ({
              decision: payload.decision,
              person: payload.person,
              role: payload.role,
              reason: payload.reason ?? '',
              approval: payload.id,
            }),
          }),
        },
      },
    },
    decided: { type: 'final' },
  },
})
