import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { skillLogic, type Failure, type Json } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, adasJob, newYear, task } from '../kit/sample.ts'

/** A machine that invokes one skill under the name `call`, keeps what comes back, and ends with it. */
function invoking(actor: ReturnType<typeof skillLogic<Json, Json>>, input: Json = null) {
  return setup({ types: { context: {} as { result: Json } }, actors: { call: actor } }).createMachine({
    id: 'one',
    context: { result: null },
    initial: 'calling',
    output: ({ context }) => context.result,
    states: {
      calling: {
        invoke: {
          id: 'call',
          src: 'call',
          input,
          onDone: { target: 'ended', actions: assign({ result: ({ event }) => event.output }) },
          onError: {
            target: 'ended',
            actions: assign({ result: ({ event }) => ({ caught: (event.error as Failure).code }) }),
          },
        },
        on: { leave: 'left' },
      },
      left: {},
      ended: { type: 'final' },
    },
  })
}

const ask = skillLogic<Json, Json>({ kind: 'ask', to: { name: 'bert' }, work: 'draft' })
const use = skillLogic<Json, Json>({ kind: 'use', tool: 'search' })

describe('an ask', () => {
  it('is a message to the colleague, and the invocation waits for its reply', () => {
    const life = new Life(invoking(ask, { topic: 'tides' }))
    expect(life.last.messages).toEqual([
      expect.objectContaining({
        type: 'work',
        kind: 'draft',
        to: 'acme/agent/bert',
        sender: adasJob,
        payload: { topic: 'tides' },
        correlationId: 't1',
      }),
    ])
    expect(life.state.open).toEqual({
      call: { skill: 'ask', src: 'call', cause: life.last.messages[0]?.id, to: 'acme/agent/bert' },
    })
  })

  it('ends with the output of the reply', () => {
    const life = new Life(invoking(ask))
    life.reply('call', { text: 'high' })
    expect(life.last.outcome).toEqual({ status: 'done', output: { text: 'high' } })
    expect(life.state.open).toEqual({})
  })

  it('ends with the error of the reply, which the machine may handle', () => {
    const life = new Life(invoking(ask))
    life.reply('call', null, { error: { code: 'denied', message: 'no' } })
    expect(life.last.outcome).toEqual({ status: 'done', output: { caught: 'denied' } })
  })

  it('may be answered by the colleague itself, which refused it, or by the team in its place', () => {
    for (const sender of ['acme/agent/bert', 'acme/team']) {
      const life = new Life(invoking(ask))
      life.reply('call', null, { sender, error: { code: 'refused', message: 'full' } })
      expect(life.last.outcome?.status).toBe('done')
    }
  })

  it('is answered by nobody else: such a reply comes to nothing', () => {
    const life = new Life(invoking(ask))
    for (const sender of [ada, task, 'acme/agent/bertram', 'acme/agent/bert/job/another', 'client/web', 'other/team']) {
      expect(life.reply('call', 'forged', { sender }).kind).toBe('ignored')
    }
    expect(life.value).toBe('calling')
  })

  it('is withdrawn when its state is left: its row is taken back, and the job that may have begun is told', () => {
    const life = new Life(invoking(ask))
    const { cause } = life.state.open['call'] ?? { cause: '' }
    const { cancelled, messages } = life.send('leave')
    expect(cancelled).toEqual([cause])
    expect(messages).toEqual([
      expect.objectContaining({ type: 'cancel', to: `acme/agent/bert/job/${cause}`, payload: { ask: cause } }),
    ])
    expect(life.state.open).toEqual({})
  })

  it('that was given up is answered too late: the reply is ignored', () => {
    const life = new Life(invoking(ask))
    const late = life.stimulus('reply', { inReplyTo: life.state.open['call']?.cause ?? '', sender: 'acme/agent/bert' })
    life.send('leave')
    expect(life.take(late)).toMatchObject({ kind: 'ignored', messages: [] })
    expect(life.value).toBe('left')
  })
})

describe('an effect', () => {
  it('is asked for by its tool and exact input, and holds one tool call', () => {
    const life = new Life(invoking(use, { query: 'tides' }))
    expect(life.last.effects).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        child: 'call',
        skill: 'use',
        name: 'search',
        input: { query: 'tides' },
        hold: { costMicroUsd: 0, tokens: 0, modelCalls: 0, toolCalls: 1 },
      },
    ])
    expect(life.last.messages).toEqual([])
  })

  it('names its tool in its input when its skill leaves it open', () => {
    const open = skillLogic<Json, Json>({ kind: 'use' })
    const life = new Life(invoking(open, { tool: 'search', input: { query: 'tides' } }))
    expect(life.last.effects).toEqual([expect.objectContaining({ name: 'search', input: { query: 'tides' } })])
    expect(() => new Life(invoking(open, ['search']))).toThrow('is given no "tool"')
  })

  it('of a model holds what one call may use', () => {
    const life = new Life(invoking(skillLogic({ kind: 'think' }), { input: 1 }))
    const { call } = life.definition.limits
    expect(life.last.effects).toEqual([
      expect.objectContaining({ skill: 'think', name: 'call', input: { input: 1 }, hold: call }),
    ])
  })

  it('ends with its output', () => {
    const life = new Life(invoking(use))
    life.done(life.last.effects[0] as never, ['page'])
    expect(life.last.outcome).toEqual({ status: 'done', output: ['page'] })
  })

  it('ends with its error', () => {
    const life = new Life(invoking(use))
    life.failed(life.last.effects[0] as never, { code: 'timeout', message: 'late' })
    expect(life.last.outcome).toEqual({ status: 'done', output: { caught: 'timeout' } })
  })

  it('that was not allowed to start ends with the denial, which takes its row', () => {
    const life = new Life(invoking(use))
    const { id } = life.last.effects[0] as { id: string }
    life.ring({
      id,
      dueAt: life.now,
      event: { kind: 'ended', child: 'call', error: { code: 'denied', message: 'no' } },
    })
    expect(life.last.outcome).toEqual({ status: 'done', output: { caught: 'denied' } })
  })

  it('is cancelled when its state is left', () => {
    const life = new Life(invoking(use))
    const { id } = life.last.effects[0] as { id: string }
    expect(life.send('leave')).toMatchObject({ cancelled: [id], messages: [] })
  })
})

describe('a tell', () => {
  const tell = skillLogic<Json, Json>({ kind: 'tell', to: { role: 'clerk' }, event: 'note' })

  it('is a message for which nobody waits: its end is due at once', () => {
    const life = new Life(invoking(tell, { text: 'soon' }))
    const { messages, timers } = life.last
    expect(messages).toEqual([expect.objectContaining({ type: 'note', to: ada, payload: { text: 'soon' } })])
    expect(timers).toEqual([{ id: expect.any(String), dueAt: newYear, event: { kind: 'ended', child: 'call' } }])
    life.ring(timers[0] as never)
    expect(life.last.outcome).toEqual({ status: 'done', output: null })
  })

  it('is sent also by the last record of an actor', () => {
    const machine = setup({ actors: { tell } }).createMachine({
      initial: 'saying',
      states: { saying: { type: 'final', invoke: { src: 'tell', input: 'bye' } } },
    })
    const { outcome, messages } = new Life(machine).last
    expect(outcome?.status).toBe('done')
    expect(messages.map(({ type }) => type)).toEqual(['note', 'reply', 'job.ended'])
  })
})

describe('a wait', () => {
  const wait = skillLogic<Json, Json>({ kind: 'wait' })

  it('is a timer that ends the invocation', () => {
    const life = new Life(invoking(wait, { ms: 1500 }))
    expect(life.last.timers).toEqual([
      { id: expect.any(String), dueAt: newYear + 1500, event: { kind: 'ended', child: 'call' } },
    ])
    life.ring(life.last.timers[0] as never)
    expect(life.last.outcome).toEqual({ status: 'done', output: null })
  })

  it.each<[string, Json]>([
    ['nothing', null],
    ['no number', { ms: 'soon' }],
    ['no end', { ms: null }],
  ])('of %s is refused', (_, input) => {
    expect(() => new Life(invoking(wait, input))).toThrow(/is given no "ms"|is to take/)
  })
})

describe('a request for approval', () => {
  const approve = skillLogic<Json, Json>({ kind: 'approve', to: { name: 'eve' }, tool: 'pay', validForMs: 60_000 })

  it('is work of kind approval, bound to the digest of the exact arguments and to an expiry', () => {
    const one = new Life(invoking(approve, { arguments: { amount: '12.50' }, question: 'May I?' }))
    const [asked] = one.last.messages
    expect(asked).toMatchObject({
      type: 'work',
      kind: 'approval',
      to: 'acme/person/eve',
      payload: { tool: 'pay', arguments: { amount: '12.50' }, question: 'May I?', expiresAt: newYear + 60_000 },
    })
    const other = new Life(invoking(approve, { arguments: { amount: '12.51' }, question: 'May I?' }))
    const digests = [asked, ...other.last.messages].map(
      (sent) => (sent?.payload as { argumentsDigest: string } | undefined)?.argumentsDigest,
    )
    expect(new Set(digests).size).toBe(2)
  })
})

describe('invocations', () => {
  const endorse = { check: 'three-way match', tool: 'pay', arguments: (input: never) => (input as { pay: Json }).pay }

  it('several at once are each asked for, and each is answered by itself', () => {
    const machine = setup({ actors: { ask, use } }).createMachine({
      type: 'parallel',
      states: {
        one: {
          initial: 'on',
          states: { on: { invoke: { id: 'a', src: 'ask', input: null, onDone: 'off' } }, off: { type: 'final' } },
        },
        two: {
          initial: 'on',
          states: { on: { invoke: { id: 'b', src: 'use', input: null, onDone: 'off' } }, off: { type: 'final' } },
        },
      },
    })
    const life = new Life(machine)
    expect(Object.keys(life.state.open)).toEqual(['a', 'b'])
    const [effect] = life.last.effects
    life.reply('a', 1)
    expect(life.value).toEqual({ one: 'off', two: 'on' })
    expect(life.last.cancelled).toEqual([])
    life.done(effect as never, 2)
    expect(life.last.outcome?.status).toBe('done')
  })

  it('that were begun and left on the way are never started', () => {
    const machine = setup({ actors: { ask, use } }).createMachine({
      initial: 'passing',
      states: {
        passing: { invoke: { id: 'a', src: 'use', input: null }, always: 'resting' },
        resting: { invoke: { id: 'b', src: 'ask', input: null } },
      },
    })
    const life = new Life(machine)
    expect(life.last.effects).toEqual([])
    expect(Object.keys(life.state.open)).toEqual(['b'])
  })

  it('of a state that is entered again are begun again, and what they asked before is withdrawn', () => {
    const machine = setup({ actors: { ask } }).createMachine({
      initial: 'asking',
      states: {
        asking: { invoke: { id: 'a', src: 'ask', input: null }, on: { again: { target: 'asking', reenter: true } } },
      },
    })
    const life = new Life(machine)
    const before = life.state.open['a']?.cause
    const { messages, cancelled } = life.send('again')
    expect(cancelled).toEqual([before])
    expect(messages.map(({ type }) => type)).toEqual(['work', 'cancel'])
    expect(life.state.open['a']?.cause).toBe(messages[0]?.id)
  })

  it('without a name have the one that XState gives them, and come back under it', () => {
    const machine = setup({ actors: { use } }).createMachine({
      initial: 'a',
      states: { a: { invoke: { src: use, onDone: 'b' } }, b: {} },
    })
    const life = new Life(machine)
    life.done(life.last.effects[0] as never, null)
    expect(life.value).toBe('b')
  })

  it('hand on what a named check vouches for, bound to the arguments that it found right', () => {
    const machine = invoking(skillLogic<Json, Json>({ kind: 'ask', to: { name: 'bert' }, work: 'pay', endorse }), {
      pay: { amount: '1' },
    })
    expect(new Life(machine).last.messages[0]?.endorsements).toEqual([
      { check: 'three-way match', tool: 'pay', argumentsDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
  })

  it('are given nothing but JSON', () => {
    expect(() => new Life(invoking(ask, { at: new Date(0) } as never))).toThrow(
      '/invoke/call/input/at is a Date instance',
    )
  })
})
