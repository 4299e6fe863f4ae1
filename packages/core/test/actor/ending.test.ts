import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { failureOf, skillLogic, type Json, type Outcome } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, task } from '../kit/sample.ts'
import { schema, shape } from '../kit/shape.ts'

const ask = skillLogic<null, Json>({ kind: 'ask', to: { name: 'bert' }, work: 'draft' })
const use = skillLogic<null, Json>({ kind: 'use', tool: 'search' })

/** Asks and uses at once, with a deadline; what it ends with is told to it. */
const busy = setup({
  types: { context: {} as { output: Json }, events: {} as { type: 'finish'; payload: Json } },
  actors: { ask, use },
}).createMachine({
  id: 'busy',
  context: { output: null },
  initial: 'working',
  output: ({ context }) => context.output,
  on: { finish: { target: '.ended', actions: assign({ output: ({ event }) => event.payload }) } },
  states: {
    working: {
      after: { 1000: 'ended' },
      invoke: [
        { id: 'a', src: 'ask', input: null },
        { id: 'b', src: 'use', input: null },
      ],
    },
    ended: { type: 'final' },
  },
})

const cancelled: Outcome = { status: 'cancelled', error: { code: 'cancelled', message: 'withdrawn' } }

describe('a job that ends', () => {
  it('answers whoever asked, and tells its colleague that it ended, without content', () => {
    const life = new Life(busy, { begin: { label: { integrity: 'untrusted', sources: ['client/mail'] } } })
    const { messages, outcome } = life.send('finish', { payload: { text: 'x' } })
    expect(outcome).toEqual({ status: 'done', output: { text: 'x' } })
    expect(messages.slice(-2)).toEqual([
      expect.objectContaining({
        type: 'reply',
        to: task,
        inReplyTo: 'ask-1',
        payload: { text: 'x' },
        label: { integrity: 'untrusted', sources: ['client/mail'] },
      }),
      expect.objectContaining({
        type: 'job.ended',
        to: ada,
        payload: { job: 'ask-1', how: 'done' },
        label: { integrity: 'trusted', sources: [] },
      }),
    ])
  })

  it('cancels what it has open: its timers and effects, its asks and their jobs', () => {
    const life = new Life(busy)
    const { timers, effects } = life.last
    const { cause = '' } = life.state.open['a'] ?? {}
    const { messages, cancelled: gone } = life.send('finish', { payload: null })
    expect(new Set(gone)).toEqual(new Set([cause, effects[0]?.id, timers[0]?.id]))
    expect(gone).toHaveLength(3)
    expect(messages[0]).toMatchObject({ type: 'cancel', to: `acme/agent/bert/job/${cause}` })
    expect(life.state).toMatchObject({ open: {}, timers: {} })
  })

  it('does so too when it is ended from outside', () => {
    const life = new Life(busy)
    const { messages, cancelled: gone, outcome } = life.end(cancelled)
    expect(outcome).toEqual(cancelled)
    expect(gone).toHaveLength(3)
    expect(messages.map(({ type }) => type)).toEqual(['cancel', 'reply', 'job.ended'])
    expect(messages[1]).toMatchObject({ error: cancelled.error, payload: null })
    expect(life.state.machine.status).toBe('stopped')
  })

  it('takes nothing any more', () => {
    const life = new Life(busy)
    life.send('finish', { payload: 1 })
    expect(life.send('finish', { payload: 2 })).toMatchObject({ kind: 'ignored', messages: [] })
    expect(life.data['output']).toBe(1)
  })

  it('fails with an error that its machine does not handle', () => {
    const life = new Life(busy)
    life.failed(life.last.effects[0] as never, { code: 'timeout', message: 'too late', path: '/x' })
    expect(life.last.outcome).toEqual({ status: 'failed', error: { code: 'timeout', message: 'too late', path: '/x' } })
    expect(life.last.messages.at(-1)).toMatchObject({ type: 'job.ended', payload: { how: 'failed' } })
  })

  it('may put out that it refuses or failed, with a code of its own', () => {
    const life = new Life(busy, { output: shape({ text: 'string' }) })
    const { outcome } = life.send('finish', {
      payload: { status: 'refused', error: { code: 'duplicate', message: 'seen' } },
    })
    expect(outcome).toEqual({ status: 'refused', error: { code: 'duplicate', message: 'seen' } })
  })
})

describe('the output of a job', () => {
  it('is what its contract lets through', () => {
    const life = new Life(busy, { output: shape({ text: 'string' }) })
    expect(life.send('finish', { payload: { text: 'x', more: 1 } }).outcome).toEqual({
      status: 'done',
      output: { text: 'x' },
    })
  })

  it('that does not fit its contract is a failure, with the field', () => {
    const life = new Life(busy, { output: shape({ text: 'string' }) })
    const { outcome, messages } = life.send('finish', { payload: { text: 7 } })
    const error = {
      code: 'output-invalid',
      path: '/text',
      message: 'the output of ada@1.0.0/write does not fit its contract: /text: is no string',
    }
    expect(outcome).toMatchObject({ status: 'failed', error })
    expect(messages.at(-2)).toMatchObject({ type: 'reply', error })
  })

  it('is never what JSON cannot carry, also when a contract makes it so', () => {
    const life = new Life(busy, { output: schema(() => ({ value: { at: new Date(0) } })) })
    expect(life.send('finish', { payload: null }).outcome).toMatchObject({
      status: 'failed',
      error: {
        code: 'output-invalid',
        path: '/at',
        message: expect.stringContaining('/at is a Date instance') as never,
      },
    })
  })

  it('is not checked by a contract that would have to wait', () => {
    const life = new Life(busy, { output: schema(async () => ({ value: null })) })
    expect(() => life.send('finish', { payload: null })).toThrow('validates asynchronously')
  })
})

describe('a job that cannot begin', () => {
  it('ends as refused, with the field, and whoever asked and the colleague are told', () => {
    const life = new Life(busy, { input: shape({ topic: 'string' }), given: { topic: 7 } })
    expect(life.last.outcome).toMatchObject({ status: 'refused', error: { code: 'input-invalid', path: '/topic' } })
    expect(life.last.messages.map(({ type, to }) => [type, to])).toEqual([
      ['reply', task],
      ['job.ended', ada],
    ])
    expect(life.value).toBeNull()
    expect(life.actor.final).toBe(true)
  })
})

describe('a task', () => {
  it('answers no client by message: its outcome is read from its record', () => {
    const life = new Life(busy, { stream: task, kind: 'playbook' })
    expect(life.send('finish', { payload: 1 }).messages.map(({ type }) => type)).toEqual(['cancel'])
    expect(JSON.parse(life.records.at(-1)?.envelope ?? '')).toMatchObject({ outcome: { status: 'done' } })
  })
})

describe('a failure', () => {
  it('is cut to a length that fits into any message, and is well-formed', () => {
    const { message } = failureOf(new Error(`\uD800${'x'.repeat(100_000)}`))
    expect(message).toHaveLength(2000)
    expect(message.isWellFormed()).toBe(true)
  })

  it('keeps nothing of what was thrown but code, message, path and hint', () => {
    const thrown = { code: 'mine', message: 'm', hint: 'h', stack: 'secret', cause: new Error('secret') }
    expect(failureOf(thrown)).toEqual({ code: 'mine', message: 'm', hint: 'h' })
    expect(failureOf(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toEqual({ code: 'failed', message: 'gone' })
    expect(failureOf('text', 'tool-failed')).toEqual({ code: 'tool-failed', message: 'text' })
  })
})
