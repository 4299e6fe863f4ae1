import { describe, expect, it } from 'vitest'

import { standardJob, type EffectRequest, type Json } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { shape } from '../kit/shape.ts'

const begun = (): Life => new Life(standardJob, { given: { topic: 'tides' } })
const effect = (life: Life): EffectRequest => life.last.effects[0] as EffectRequest
const calls = (...tools: readonly string[]): Json => ({
  kind: 'calls',
  calls: tools.map((tool, index) => ({ id: `c${index}`, tool, input: { q: index } })),
})
const answer = (output: Json): Json => ({ kind: 'answer', output })

describe('the default job', () => {
  it('thinks about what it was asked', () => {
    expect(effect(begun())).toMatchObject({
      skill: 'think',
      name: 'think',
      input: { input: { topic: 'tides' }, conversation: [] },
    })
  })

  it('answers with what the model answers', () => {
    const life = begun()
    life.done(effect(life), answer({ text: 'high' }))
    expect(life.last.outcome).toEqual({ status: 'done', output: { text: 'high' } })
  })

  it('makes the calls that the model asks for one by one, tells it what came of each, and thinks again', () => {
    const life = begun()
    life.done(effect(life), calls('search', 'read'))
    expect(effect(life)).toMatchObject({ skill: 'use', name: 'search', input: { q: 0 } })
    life.done(effect(life), ['page'])
    expect(effect(life)).toMatchObject({ skill: 'use', name: 'read', input: { q: 1 } })
    life.failed(effect(life), { code: 'timeout', message: 'late' })
    expect(effect(life)).toMatchObject({
      skill: 'think',
      input: {
        conversation: [
          { role: 'assistant', calls: [{ id: 'c0' }, { id: 'c1' }] },
          { role: 'tool', call: 'c0', tool: 'search', output: ['page'] },
          { role: 'tool', call: 'c1', tool: 'read', error: { code: 'timeout', message: 'late' } },
        ],
      },
    })
  })

  it('tells the model that a call was denied, and goes on', () => {
    const life = begun()
    life.done(effect(life), calls('pay'))
    const { id } = effect(life)
    life.ring({ id, dueAt: life.now, event: { kind: 'ended', child: 'use', error: { code: 'denied', message: 'no' } } })
    expect(life.value).toBe('thinking')
    life.done(effect(life), answer('without'))
    expect(life.last.outcome).toEqual({ status: 'done', output: 'without' })
  })

  it('fails with the error of its model', () => {
    const life = begun()
    life.failed(effect(life), { code: 'model-refused', message: 'no' })
    expect(life.last.outcome).toEqual({ status: 'failed', error: { code: 'model-refused', message: 'no' } })
  })

  it('takes no calls at all for an empty answer, which its contract refuses', () => {
    const life = new Life(standardJob, { output: shape({ text: 'string' }) })
    life.done(effect(life), { kind: 'calls', calls: [] })
    expect(life.last.outcome).toMatchObject({ status: 'failed', error: { code: 'output-invalid' } })
  })

  it('says in its record whether the model asked for tools', () => {
    const life = begun()
    life.done(effect(life), answer(1))
    expect(JSON.parse(life.records.at(-1)?.envelope ?? '')).toMatchObject({
      path: { taken: [{ source: 'job.thinking', target: ['job.answered'] }] },
    })
  })
})
