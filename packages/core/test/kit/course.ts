import { assign, cancel, raise, setup } from 'xstate'

import { skillLogic, type EffectRequest, type Failure, type Json, type TimerRequest } from '../../src/index.ts'
import { Life } from './life.ts'
import { task } from './sample.ts'

interface Context {
  readonly notes: readonly Json[]
}

/** A playbook with everything that a history can hold: asks by role and by name, effects, timers, parallel regions and their history. */
export const course = setup({
  types: { context: {} as Context, events: {} as { type: 'add' | 'leave' | 'return' | 'nag' | 'hush'; payload: Json } },
  actors: {
    ask: skillLogic<Json, Json>({ kind: 'ask', to: { role: 'clerk' }, work: 'draft' }),
    chief: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'eve' }, work: 'look' }),
    tell: skillLogic<Json, Json>({ kind: 'tell', to: { role: 'clerk' }, event: 'note' }),
    use: skillLogic<Json, Json>({ kind: 'use', tool: 'search' }),
    wait: skillLogic<Json, Json>({ kind: 'wait' }),
  },
  guards: { few: ({ context }) => context.notes.length < 3 },
  actions: {
    note: assign({
      notes: ({ context, event }) => [
        ...context.notes,
        (event as unknown as { output?: Json; payload?: Json }).output ?? (event as { payload?: Json }).payload ?? null,
      ],
    }),
  },
}).createMachine({
  id: 'course',
  context: { notes: [] },
  initial: 'both',
  output: ({ context }) => ({ notes: context.notes }),
  on: {
    nag: { actions: raise({ type: 'add', payload: 'nagged' }, { id: 'n', delay: 50 }) },
    hush: { actions: cancel('n') },
    add: { guard: 'few', actions: 'note' },
  },
  states: {
    both: {
      type: 'parallel',
      on: { leave: 'away' },
      onDone: 'ended',
      states: {
        asking: {
          initial: 'clerk',
          states: {
            clerk: {
              invoke: [
                { id: 'tell', src: 'tell', input: 'please' },
                { id: 'ask', src: 'ask', input: { topic: 'tides' }, onDone: { target: 'chief', actions: 'note' } },
              ],
            },
            chief: {
              invoke: {
                id: 'chief',
                src: 'chief',
                input: null,
                onDone: { target: 'over', actions: 'note' },
                onError: 'clerk',
              },
            },
            over: { type: 'final' },
          },
        },
        using: {
          initial: 'searching',
          states: {
            searching: {
              after: { 1000: 'resting' },
              invoke: {
                id: 'use',
                src: 'use',
                input: { query: 'tides' },
                onDone: { target: 'over', actions: 'note' },
                onError: 'resting',
              },
            },
            resting: { invoke: { id: 'wait', src: 'wait', input: { ms: 500 }, onDone: 'searching' } },
            over: { type: 'final' },
          },
        },
        hist: { type: 'history', history: 'deep' },
      },
    },
    away: { on: { return: 'both.hist' } },
    ended: { type: 'final' },
  },
})

const denied: Failure = { code: 'denied', message: 'no policy permits it' }

/** A life of the course in which all of it happens: answers and errors, denials, cancellations, timers, and what comes too late. */
export function livedCourse(): Life {
  const life = new Life(course, { stream: task, kind: 'playbook', id: 'course@1.0.0' })
  const [search] = life.last.effects as [EffectRequest]
  const [told] = life.last.timers as [TimerRequest]
  life.ring(told)
  life.send('add', { payload: 1, label: { integrity: 'untrusted', sources: ['client/web'] } })
  life.ring({ id: search.id, dueAt: life.now, event: { kind: 'ended', child: 'use', error: denied } })
  const [rest] = life.last.timers as [TimerRequest]
  life.reply('ask', 'drafted by a clerk')
  life.send('leave')
  life.ring(rest)
  life.send('return')
  const [again] = life.last.timers as [TimerRequest]
  const [nag] = life.send('nag').timers as [TimerRequest]
  life.ring(nag)
  life.ring(again)
  const [searching] = life.last.effects as [EffectRequest]
  life.reply('chief', null, { error: { code: 'expired', message: 'nobody looked' } })
  life.send('nag')
  life.send('hush')
  life.reply('ask', 'drafted again')
  life.send('gossip')
  life.reply('chief', 'seen')
  life.done(searching, ['page'], { integrity: 'untrusted', sources: ['tool/search'] })
  return life
}
