import { assign, cancel, raise, setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { Life } from '../kit/life.ts'
import { newYear } from '../kit/sample.ts'

const reminding = setup({
  types: { context: {} as { late: number; reminded: number }, events: {} as { type: string } },
  delays: { patience: ({ context }) => context.late * 2, never: () => Number.NaN },
  actions: { count: assign({ reminded: ({ context }) => (context as { reminded: number }).reminded + 1 }) },
}).createMachine({
  id: 'm',
  context: { late: 500, reminded: 0 },
  initial: 'waiting',
  on: {
    reminder: { actions: 'count' },
    remind: { actions: raise({ type: 'reminder' }, { id: 'r', delay: 100 }) },
    nag: { actions: raise({ type: 'reminder' }, { delay: 100 }) },
    hush: { actions: cancel('r') },
    fickle: { actions: [raise({ type: 'reminder' }, { id: 'r', delay: 1 }), cancel('r')] },
    anew: { actions: [cancel('r'), raise({ type: 'reminder' }, { id: 'r', delay: 9 })] },
    broken: { actions: raise({ type: 'reminder' }, { delay: 'never' }) },
  },
  states: {
    waiting: {
      after: { 1000: 'bored', patience: 'impatient' },
      on: { go: 'gone', again: { target: 'waiting', reenter: true } },
    },
    bored: {},
    impatient: {},
    gone: {},
    passing: { after: { 5: 'bored' }, always: 'gone' },
  },
})

describe('a delayed transition', () => {
  it('is a timer, due after its delay, also where the delay has a name and is computed', () => {
    const life = new Life(
      setup({}).createMachine({ id: 'm', initial: 'a', states: { a: { after: { 1000: 'b' } }, b: {} } }),
    )
    expect(life.last.timers).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        dueAt: newYear + 1000,
        event: { kind: 'delayed', timer: 'xstate.after.1000.m.a', event: { type: 'xstate.after.1000.m.a' } },
      },
    ])
    expect(new Life(reminding).last.timers.map(({ dueAt }) => dueAt - newYear).toSorted((a, b) => a - b)).toEqual([
      1000, 1000,
    ])
  })

  it('is taken when it is due, and the others of the state are cancelled', () => {
    const life = new Life(reminding)
    const [first, second] = life.last.timers
    life.ring(first as never)
    expect(life.value).toBe('bored')
    expect(life.last.cancelled).toEqual([second?.id])
    expect(life.state.timers).toEqual({})
  })

  it('is cancelled when its state is left', () => {
    const life = new Life(reminding)
    const ids = life.last.timers.map(({ id }) => id)
    expect(life.send('go').cancelled).toEqual(ids)
  })

  it('comes to nothing when it rings after its state was left', () => {
    const life = new Life(reminding)
    const [timer] = life.last.timers
    life.send('go')
    expect(life.ring(timer as never).kind).toBe('ignored')
    expect(life.value).toBe('gone')
  })

  it('begins anew when its state is entered again', () => {
    const life = new Life(reminding)
    const before = life.last.timers.map(({ id }) => id)
    life.now += 900
    const { timers, cancelled } = life.send('again')
    expect(cancelled).toEqual(before)
    expect(timers.map(({ dueAt }) => dueAt)).toEqual([newYear + 1900, newYear + 1900])
  })

  it('of a state that was only passed through is never set', () => {
    const machine = setup({}).createMachine({
      initial: 'a',
      states: { a: { after: { 5: 'c' }, always: 'b' }, b: {}, c: {} },
    })
    expect(new Life(machine).last).toMatchObject({ timers: [], cancelled: [] })
  })

  it('takes whole milliseconds, and never fewer than asked for', () => {
    const machine = setup({}).createMachine({ initial: 'a', states: { a: { after: { 1.2: 'b' } }, b: {} } })
    expect(new Life(machine).last.timers[0]?.dueAt).toBe(newYear + 2)
  })
})

describe('a delayed event', () => {
  it('is raised when its time has come', () => {
    const life = new Life(reminding)
    life.ring(life.send('remind').timers[0] as never)
    expect(life.data).toEqual({ late: 500, reminded: 1 })
  })

  it('is cancelled by its name', () => {
    const life = new Life(reminding)
    const [timer] = life.send('remind').timers
    expect(life.send('hush').cancelled).toEqual([timer?.id])
    expect(life.ring(timer as never).kind).toBe('ignored')
  })

  it('set and cancelled in one step leaves nothing', () => {
    expect(new Life(reminding).send('fickle')).toMatchObject({ timers: [], cancelled: [] })
  })

  it('cancelled and set in one step is the new one', () => {
    const life = new Life(reminding)
    const [old] = life.send('remind').timers
    const { timers, cancelled } = life.send('anew')
    expect(cancelled).toEqual([old?.id])
    expect(timers.map(({ dueAt }) => dueAt)).toEqual([newYear + 9])
    expect(life.state.timers['r']).toBe(timers[0]?.id)
  })

  it('without a name is one of its own each time, as in XState', () => {
    const life = new Life(reminding)
    const timers = [...life.send('nag').timers, ...life.send('nag').timers]
    for (const timer of timers) life.ring(timer)
    expect(life.data['reminded']).toBe(2)
  })

  it('of a name that is set already lets the earlier one go on, and only the later one can be cancelled, as in XState', () => {
    const life = new Life(reminding)
    const [earlier] = life.send('remind').timers
    const [later] = life.send('remind').timers
    expect(life.send('hush').cancelled).toEqual([later?.id])
    life.ring(earlier as never)
    expect(life.data['reminded']).toBe(1)
  })

  it('is refused when its delay is no number', () => {
    expect(() => new Life(reminding).send('broken')).toThrow('is to take NaN ms')
  })
})
