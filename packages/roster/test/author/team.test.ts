import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromPromise, setup } from 'xstate'

import { colleague, person, playbook, team, tool } from '../../src/index.ts'
import { allowAll, boss, Word, wordTool } from '../stage.ts'

const parts = { colleagues: [boss], playbooks: [], policies: allowAll }
const accepts = {}
const helper = colleague('helper@1.0.0', { owner: boss, role: 'helper', accepts })
const invalid = (path: string): unknown =>
  expect.objectContaining({ name: 'RosterError', code: 'definition-invalid', path })

describe('a team is refused', () => {
  it('with two colleagues of one name', () => {
    const other = colleague('helper@2.0.0', { owner: boss, role: 'helper', accepts })
    expect(() => team('small', { ...parts, colleagues: [boss, helper, other] })).toThrow(invalid('helper'))
  })

  it('with an agent called like a person', () => {
    const agent = colleague('boss@1.0.0', { owner: boss, role: 'helper', accepts })
    expect(() => team('small', { ...parts, colleagues: [boss, agent] })).toThrow(invalid('boss'))
  })

  it('with somebody called like Roster itself, or like everybody together', () => {
    expect(() => colleague('system@1.0.0', { owner: boss, role: 'helper', accepts })).toThrow(invalid('system'))
    expect(() => person('team', { role: 'boss' })).toThrow(invalid('team'))
  })

  it('with two tools of one name', () => {
    expect(() => team('small', { ...parts, tools: [wordTool('say'), wordTool('say')] })).toThrow(invalid('say'))
  })

  it('with an owner who is not on the roster', () => {
    const stranger = person('stranger', { role: 'boss' })
    const owned = colleague('helper@1.0.0', { owner: stranger, role: 'helper', accepts })
    expect(() => team('small', { ...parts, colleagues: [boss, owned] })).toThrow(invalid('helper'))
    const lost = tool('say@1.0.0', {
      input: Word,
      output: Word,
      consequential: false,
      idempotent: true,
      owner: stranger,
      run: (word) => word,
    })
    expect(() => team('small', { ...parts, tools: [lost] })).toThrow(invalid('say'))
  })

  it('with a name that cannot be part of an address', () => {
    expect(() => team('Small team', parts)).toThrow(invalid('Small team'))
    expect(() => person('Boss', { role: 'boss' })).toThrow(invalid('Boss'))
    expect(() => colleague('helper@1', { owner: boss, role: 'helper', accepts })).toThrow(invalid('helper@1'))
  })

  it('with a kind of work that nobody knows how to do', () => {
    const idle = colleague('helper@1.0.0', {
      owner: boss,
      role: 'helper',
      accepts: { say: { input: Word, output: Word } },
    })
    expect(() => team('small', { ...parts, colleagues: [boss, idle] })).toThrow(invalid('accepts.say'))
  })

  it('with a machine that cannot be made durable, and the state is named', () => {
    const elsewhere = fromPromise(() => Promise.resolve(1))
    const machine = setup({ actors: { elsewhere } }).createMachine({
      initial: 'calling',
      states: { calling: { invoke: { src: 'elsewhere' } } },
    })
    const talk = playbook('talk@1.0.0', { owner: boss, input: Word, output: z.null() }, machine)
    expect(() => team('small', { ...parts, playbooks: [talk] })).toThrow(
      expect.objectContaining({ code: 'not-durable', path: expect.stringContaining('calling') }),
    )
  })
})

describe('a team', () => {
  it('has the same digest when it is composed again, and another one when an instruction changes', () => {
    const composed = (instructions: string) => {
      const model = { name: 'none', think: () => Promise.reject(new Error('nobody thinks here')) }
      const work = { input: Word, output: Word, instructions }
      const agent = colleague('helper@1.0.0', { owner: boss, role: 'helper', model, accepts: { say: work } })
      return team('small', { ...parts, colleagues: [boss, agent] }).digest
    }
    expect(composed('Say it.')).toBe(composed('Say it.'))
    expect(composed('Say it.')).not.toBe(composed('Sing it.'))
  })
})
