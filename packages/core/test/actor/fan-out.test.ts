import { setup, type AnyStateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'

import { assertFanOut, defaultTaskLimits, fanOutOf, skillLogic, type Json } from '../../src/index.ts'

const asking = setup({
  actors: { ask: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'ada' }, work: 'draft' }) },
})
const asks = (id: string) => ({ invoke: { id, src: 'ask' as const, input: null } })

/** Three asks beside each other, one of them after a state that asks twice, inside a state that asks all the while. */
const wide: AnyStateMachine = asking.createMachine({
  ...asks('always'),
  type: 'parallel',
  states: {
    left: asks('left'),
    right: asks('right'),
    both: {
      initial: 'first',
      states: { first: { invoke: [asks('one').invoke, asks('two').invoke] }, second: asks('three') },
    },
  },
})

const bounded = (fanOut?: number) => ({
  id: 'wide@1.0.0',
  limits: { ...defaultTaskLimits, ...(fanOut === undefined ? {} : { fanOut }) },
})

describe('fan-out', () => {
  it('is what a machine can have asked for at the same time', () => {
    expect(fanOutOf(wide)).toBe(5)
    expect(fanOutOf(asking.createMachine({ initial: 'a', states: { a: asks('a'), b: asks('b') } }))).toBe(1)
    expect(fanOutOf(asking.createMachine({}))).toBe(0)
  })

  it('is refused above its limit, before anything runs, and has one where nobody sets it', () => {
    expect(() => assertFanOut(bounded(5), wide)).not.toThrow()
    expect(() => assertFanOut(bounded(), wide)).not.toThrow()
    expect(() => assertFanOut(bounded(4), wide)).toThrow(/can ask for 5 things at once, and may for 4/)
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`s${index}`, asks(`a${index}`)]))
    const machine = asking.createMachine({ type: 'parallel', states: many })
    expect(() => assertFanOut(bounded(), machine)).toThrow(/17 things at once, and may for 16/)
    expect(() => assertFanOut(bounded(0), wide)).toThrow(/must be an integer >= 1, got 0/)
  })
})
