import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { joinLabels, skillLogic, standardDuty, trusted, type Approval, type Json, type Label } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, task } from '../kit/sample.ts'

const untrusted = (...sources: readonly string[]): Label => ({ integrity: 'untrusted', sources })

const ask = skillLogic<null, Json>({ kind: 'ask', to: { name: 'bert' }, work: 'draft' })
const use = skillLogic<null, Json>({ kind: 'use', tool: 'search' })

const patient = setup({ actors: { ask, use } }).createMachine({
  initial: 'asking',
  on: { note: {}, decision: {} },
  states: {
    asking: {
      invoke: [
        { id: 'a', src: 'ask', input: null, onDone: { actions: [] } },
        { id: 'b', src: 'use', input: null, onDone: { actions: [] } },
      ],
      on: { more: { target: 'asking', reenter: true } },
    },
  },
})

function approval(id: string): Approval {
  const bound = { tool: 'pay', argumentsDigest: 'd', policySet: 'p', at: 0, expiresAt: 1, key: 'k', signature: 's' }
  return { id, task: 't1', person: 'eve', role: 'chief', decision: 'approved', ...bound }
}

describe('the label of a job', () => {
  it('is that of what it was asked, and joins with all that it reads', () => {
    const life = new Life(patient, { begin: { label: { integrity: 'trusted', sources: ['person/eve'] } } })
    const [effect] = life.last.effects
    life.reply('a', null, { label: { integrity: 'trusted', sources: ['agent/bert'] } })
    expect(life.state.label).toEqual({ integrity: 'trusted', sources: ['agent/bert', 'person/eve'] })
    life.done(effect as never, null, untrusted('tool/search'))
    expect(life.state.label).toEqual(untrusted('agent/bert', 'person/eve', 'tool/search'))
    life.send('note')
    expect(life.state.label.integrity).toBe('untrusted')
  })

  it('is carried by everything that it sends from then on', () => {
    const life = new Life(patient)
    life.send('note', { label: untrusted('client/mail') })
    expect(life.send('more').messages[0]?.label).toEqual(untrusted('client/mail'))
  })
})

describe('the label of a colleague', () => {
  it('stays as it was: no job taints another through it', () => {
    const life = new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 1 } })
    const { messages } = life.send('work', { label: untrusted('client/mail'), payload: 'secret' })
    expect(life.state.label).toEqual(trusted)
    expect(messages[0]?.label).toEqual(untrusted('client/mail'))
  })
})

describe('joining labels', () => {
  it('is untrusted if either is, from the sources of both, sorted and once', () => {
    expect(joinLabels(trusted, untrusted('b', 'a'))).toEqual(untrusted('a', 'b'))
    expect(joinLabels(untrusted('a'), { integrity: 'trusted', sources: ['a'] })).toEqual(untrusted('a'))
    expect(joinLabels(trusted, trusted)).toBe(trusted)
  })
})

describe('approvals', () => {
  it('are collected from decisions and replies, each once, and travel with what is sent', () => {
    const life = new Life(patient, { begin: { approvals: [approval('1')] } })
    life.send('decision', { payload: approval('2') as unknown as Json })
    life.reply('a', null, { approvals: [approval('2'), approval('3')] })
    expect(life.state.approvals.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(life.send('more').messages[0]?.approvals?.map(({ id }) => id)).toEqual(['1', '2', '3'])
  })

  it('are taken from nobody else', () => {
    const life = new Life(patient)
    life.send('note', { approvals: [approval('1')] })
    life.send('reply', { inReplyTo: life.state.open['a']?.cause ?? '', sender: task, approvals: [approval('2')] })
    expect(life.state.approvals).toEqual([])
  })
})

describe('a message that names an open ask without being a reply', () => {
  it('leaves the ask open', () => {
    const life = new Life(patient)
    life.send('note', { inReplyTo: life.state.open['a']?.cause ?? '' })
    expect(Object.keys(life.state.open)).toEqual(['a', 'b'])
  })
})
