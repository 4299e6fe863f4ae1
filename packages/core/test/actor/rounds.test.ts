import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { assertRounds, defaultTaskLimits, skillLogic, type Json } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { task } from '../kit/sample.ts'

const again = setup({
  actors: { ask: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'ada' }, work: 'draft' }) },
}).createMachine({
  id: 'again',
  initial: 'drafting',
  states: {
    drafting: { invoke: { id: 'ask', src: 'ask', input: null, onDone: 'reading', onError: 'given-up' } },
    reading: { always: 'drafting' },
    'given-up': { type: 'final' },
  },
})

const lived = (rounds?: Readonly<Record<string, number>>): Life =>
  new Life(again, {
    stream: task,
    kind: 'playbook',
    limits: { ...defaultTaskLimits, ...(rounds === undefined ? {} : { rounds }) },
  })

describe('rounds', () => {
  it('let a state be led to as often as they say, and end the actor as failed with the next one', () => {
    const life = lived({ drafting: 2 })
    life.reply('ask', null)
    life.reply('ask', null)
    expect(life.state.rounds).toEqual({ drafting: 2 })
    life.reply('ask', null)
    expect(life.last.outcome).toMatchObject({
      status: 'failed',
      error: { code: 'over-limit', path: 'limits.rounds.drafting' },
    })
    expect(life.actor.final).toBe(true)
    expect(life.state).toMatchObject({ machine: { status: 'stopped' }, open: {} })
  })

  it('are not counted where none are declared', () => {
    const life = lived()
    life.reply('ask', null)
    expect(life.state).not.toHaveProperty('rounds')
  })

  it('are refused for a state that the machine does not have, and when they are no count', () => {
    const limits = (rounds: Readonly<Record<string, number>>) => ({
      id: 'x@1.0.0',
      limits: { ...defaultTaskLimits, rounds },
    })
    expect(() => assertRounds(limits({ drafing: 2 }), again)).toThrow(/"drafing", which is none of its states/)
    expect(() => assertRounds(limits({ drafting: 0 }), again)).toThrow(/must be an integer >= 1, got 0/)
    expect(() => assertRounds(limits({ drafting: 1 }), again)).not.toThrow()
  })
})
