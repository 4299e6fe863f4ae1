import { sha256 } from '@roster/testing'
import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { hashTuple, skillLogic, type Json } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { adasJob } from '../kit/sample.ts'

const ask = skillLogic<null, Json>({ kind: 'ask', to: { role: 'clerk' }, work: 'draft' })
const use = skillLogic<null, Json>({ kind: 'use', tool: 'search' })

const wide = setup({ actors: { ask, use } }).createMachine({
  initial: 'on',
  states: {
    on: {
      after: { 10: 'on' },
      on: { again: { target: 'on', reenter: true } },
      invoke: [
        { id: 'a', src: 'ask', input: null },
        { id: 'b', src: 'use', input: null },
        { id: 'c', src: 'ask', input: null },
      ],
    },
  },
})

const idsOf = ({ last }: Life): readonly string[] =>
  [...last.messages, ...last.effects, ...last.timers].map(({ id }) => id)

describe('the id of what a step causes', () => {
  it('is derived from stream, version and place in the step', () => {
    const expected = [0, 2, 1, 3].map((index) =>
      hashTuple(sha256, ['roster.consequence.1', adasJob, 1, index]).slice(0, 32),
    )
    expect(idsOf(new Life(wide))).toEqual(expected)
  })

  it('is the same for the same step, and another for every other', () => {
    const life = new Life(wide)
    const first = idsOf(life)
    expect(idsOf(new Life(wide))).toEqual(first)
    expect(idsOf(new Life(wide, { stream: 'acme/agent/bert/job/ask-1' }))).not.toEqual(first)
    life.send('again')
    expect(new Set([...first, ...idsOf(life)]).size).toBe(first.length + idsOf(life).length)
  })
})

describe('a hashed tuple', () => {
  it('shares no text with a tuple that is split elsewhere', () => {
    const hashes = [['ab', 'c'], ['a', 'bc'], ['abc'], ['', 'abc'], ['abc', ''], ['a:b', 'c'], ['1:a', 'b']].map(
      (parts) => hashTuple(sha256, parts),
    )
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
