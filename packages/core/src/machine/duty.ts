import { assign, emit, setup } from 'xstate'

import { refusing } from '../actor/standing.ts'
import type { MessageEnvelope } from '../message/message.ts'

/** What a colleague's machine knows: how many jobs it may have open, and how many it has. */
export interface DutyContext {
  readonly concurrency: number
  readonly open: number
}

/** What a colleague's machine is sent. Of a piece of work it sees the envelope, never the payload. */
export type DutyEvent =
  | { readonly type: 'work'; readonly message: MessageEnvelope }
  | { readonly type: 'job.ended'; readonly job: string; readonly how: string }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }

/** The base of every colleague's machine: when work is taken. How it is done is the job's machine. */
export const duty = setup({
  types: {
    context: {} as DutyContext,
    events: {} as DutyEvent,
    input: {} as { readonly concurrency: number },
    emitted: {} as { readonly type: 'job.start'; readonly message: MessageEnvelope },
  },
  guards: {
    full: ({ context }) => context.open >= context.concurrency,
    free: ({ context }) => context.open < context.concurrency,
  },
  actions: {
    startJob: emit(({ event }) => ({
      type: 'job.start' as const,
      message: (event as Extract<DutyEvent, { type: 'work' }>).message,
    })),
    opened: assign({ open: ({ context }) => context.open + 1 }),
    ended: assign({ open: ({ context }) => Math.max(0, context.open - 1) }),
  },
})

/**
 * The standard colleague: takes work while it has room, and none while it is paused: then it waits. Stopped, it refuses. A `pause` or
 * `resume` that changes nothing is taken all the same: it must not lie there until it would.
 */
export const standardDuty = duty.createMachine({
  id: 'duty',
  context: ({ input }) => ({ concurrency: input.concurrency, open: 0 }),
  initial: 'available',
  on: { 'job.ended': { actions: 'ended' }, stop: '.stopped', pause: {}, resume: {} },
  states: {
    available: {
      always: { guard: 'full', target: 'busy' },
      on: { work: { guard: 'free', actions: ['startJob', 'opened'] }, pause: 'paused' },
    },
    busy: { always: { guard: 'free', target: 'available' }, on: { pause: 'paused' } },
    paused: { on: { resume: 'available' } },
    stopped: { tags: refusing, on: { resume: 'available' } },
  },
})
