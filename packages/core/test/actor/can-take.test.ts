import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { canTake, refusing, skillLogic, standardDuty, unborn, type Json, type Stimulus } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, adasJob, definition, message, task } from '../kit/sample.ts'

const ask = skillLogic<null, Json>({ kind: 'ask', to: { name: 'bert' }, work: 'draft' })

const desk = setup({ types: { context: {} as { open: boolean } }, actors: { ask } }).createMachine({
  id: 'desk',
  context: ({ input }) => ({ open: (input as { input: boolean }).input }),
  initial: 'here',
  states: {
    here: {
      invoke: { id: 'a', src: 'ask', input: null },
      on: {
        letter: { guard: ({ context }) => context.open, target: 'there' },
        advert: {},
        'order.*': 'there',
        leave: 'there',
        close: 'closed',
      },
    },
    there: { on: { parcel: 'here', 'order.large': {} } },
    closed: { tags: refusing },
  },
})

const life = (open: boolean): Life => new Life(desk, { stream: task, kind: 'playbook', given: open })

describe('a message', () => {
  it('is taken where a transition is enabled', () => {
    expect(life(true).canTake('letter')).toBe('taken')
  })

  it('waits where a guard is false now', () => {
    expect(life(false).canTake('letter')).toBe('waits')
  })

  it('waits where another state names it', () => {
    expect(life(true).canTake('parcel')).toBe('waits')
  })

  it('is taken where the state names it with {}, and then changes nothing', () => {
    const here = life(true)
    expect(here.canTake('advert')).toBe('taken')
    here.send('advert')
    expect(here.value).toBe('here')
  })

  it('is unknown where no state names it', () => {
    expect(life(true).canTake('nonsense')).toBe('unknown')
  })

  it.each([
    ['order', 'taken'],
    ['order.small', 'taken'],
    ['order.small.blue', 'taken'],
    ['orders', 'unknown'],
    ['ordering.small', 'unknown'],
  ] as const)('of type %s is %s by order.*', (type, standing) => {
    expect(life(true).canTake(type)).toBe(standing)
  })

  it('waits where only another state has a partial wildcard for it', () => {
    const there = life(true)
    there.send('leave')
    expect([there.canTake('order.small'), there.canTake('order.large'), there.canTake('orders')]).toEqual([
      'waits',
      'taken',
      'unknown',
    ])
  })

  it('does not wait in a state that refuses', () => {
    const closed = life(true)
    closed.send('close')
    expect([closed.canTake('letter'), closed.canTake('parcel')]).toEqual(['unknown', 'unknown'])
  })

  it('that passes for an event of XState is known to no state', () => {
    const here = life(true)
    for (const type of [
      'xstate.done.actor.a',
      'xstate.error.actor.a',
      'xstate.stop',
      'xstate.init',
      'xstate.after.1.x',
      '*',
      '',
    ]) {
      expect(here.canTake(type)).toBe('unknown')
      expect(here.send(type, { payload: { output: 'forged' } }).kind).toBe('ignored')
    }
    expect(here.value).toBe('here')
  })
})

describe('an answer', () => {
  it('is always taken: to an open ask, and one that is late', () => {
    const here = life(true)
    const { cause = '' } = here.state.open['a'] ?? {}
    expect(here.canTake('reply', { inReplyTo: cause, sender: 'acme/agent/bert' })).toBe('taken')
    expect(here.canTake('reply', { inReplyTo: 'gone', sender: 'acme/agent/bert' })).toBe('taken')
  })
})

describe('a delayed event', () => {
  it('is taken also where no state wants it: then it comes to nothing, as in XState', () => {
    const machine = setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { on: { tick: 'a' } } },
    })
    const ticking = new Life(machine)
    const timer: Stimulus = {
      source: 'timer',
      id: 't',
      event: { kind: 'delayed', timer: 'tick', event: { type: 'tick' } },
    }
    expect(canTake(ticking.actor, timer)).toBe('taken')
  })
})

describe('an actor that has not begun', () => {
  const taking = (stream: string, type: string) =>
    canTake(unborn(stream, definition(standardDuty, { kind: stream === ada ? 'colleague' : 'job' })), {
      source: 'message',
      id: 'm',
      message: message({ id: 'm', type, to: stream }),
    })

  it('takes what begins it', () => {
    expect([taking(adasJob, 'job.start'), taking(task, 'task'), taking(ada, 'hired')]).toEqual([
      'taken',
      'taken',
      'taken',
    ])
  })

  it('lets the rest wait if it is a colleague, who will be hired', () => {
    expect([taking(ada, 'work'), taking(ada, 'pause'), taking(ada, 'task')]).toEqual(['waits', 'waits', 'waits'])
  })

  it('knows nothing else if it is a job or a task', () => {
    expect([taking(adasJob, 'cancel'), taking(adasJob, 'task'), taking(task, 'job.start')]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
  })
})
