import {
  and,
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  fromPromise,
  log,
  not,
  raise,
  sendTo,
  setup,
  spawnChild,
  stateIn,
  stopChild,
  type AnyStateMachine,
} from 'xstate'
import { describe, expect, it } from 'vitest'

import {
  approvalJob,
  assertDurable,
  skillLogic,
  standardDuty,
  standardJob,
  type Definition,
  type ErrorCode,
} from '../../src/index.ts'

const think = skillLogic<null, null>({ kind: 'think' })
const child = createMachine({})
const region = (id: string): object => ({ initial: 'x', states: { x: { invoke: { id, src: think, input: null } } } })

type Refused = readonly [
  what: string,
  machine: AnyStateMachine,
  names: string,
  state: string,
  kind?: Definition['kind'],
  code?: ErrorCode,
]

/** A machine whose inner state `m.a` has this configuration. */
function inner(config: object, implementations: object = {}): AnyStateMachine {
  return setup(implementations as never).createMachine({
    id: 'm',
    initial: 'a',
    states: { a: config, b: {} },
  } as never) as unknown as AnyStateMachine
}

const refused: readonly Refused[] = [
  [
    'an invoked promise',
    inner({ invoke: { src: fromPromise(async () => 1) } }),
    'the invocation "xstate.invoke.0.m.a"',
    'm.a',
  ],
  ['an invoked machine', inner({ invoke: { src: 'child' } }, { actors: { child } }), 'the invocation "child"', 'm.a'],
  ['an invocation of nothing', inner({ invoke: { src: 'nobody' } }), 'the invocation "nobody"', 'm.a'],
  ['a systemId', inner({ invoke: { src: think, systemId: 'boss' } }), 'a systemId in the invocation', 'm.a'],
  ['onSnapshot', inner({ invoke: { src: think, onSnapshot: 'b' } }), 'onSnapshot in the invocation', 'm.a'],
  [
    'an action with code of its own on entry',
    inner({ entry: function notify() {} }),
    'the action "notify", which has code of its own',
    'm.a',
  ],
  ['one on exit', inner({ exit: () => {} }), 'the action "exit", which has code of its own', 'm.a'],
  [
    'one in setup',
    inner({ on: { e: { actions: 'audit' } } }, { actions: { audit: () => {} } }),
    'the action "audit"',
    'm.a',
  ],
  [
    'one with parameters',
    inner({ on: { e: { actions: { type: 'audit', params: 1 } } } }, { actions: { audit: () => {} } }),
    'the action "audit"',
    'm.a',
  ],
  [
    'one on the way to the initial state',
    inner({ initial: { target: 'x', actions: function first() {} }, states: { x: {} } }),
    'the action "first"',
    'm.a',
  ],
  [
    'one of a delayed transition',
    inner({ after: { 10: { target: 'b', actions: () => {} } } }),
    'the action "actions"',
    'm.a',
  ],
  [
    'one of an eventless transition',
    inner({ always: { target: 'b', actions: () => {} } }),
    'the action "actions"',
    'm.a',
  ],
  [
    'one at the end of an invocation',
    inner({ invoke: { src: think, onDone: { actions: () => {} } } }),
    'the action "actions"',
    'm.a',
  ],
  [
    'one at the end of a compound state',
    inner({ initial: 'x', states: { x: { type: 'final' } }, onDone: { actions: () => {} } }),
    'the action "actions"',
    'm.a',
  ],
  ['log', inner({ entry: log('hello') }), 'the action xstate.log', 'm.a'],
  ['sendTo', inner({ entry: sendTo('x', { type: 'e' }) }), 'the action xstate.sendTo', 'm.a'],
  ['spawnChild', inner({ entry: spawnChild(think) }), 'the action xstate.spawnChild', 'm.a'],
  ['stopChild', inner({ entry: stopChild('x') }), 'the action xstate.stopChild', 'm.a'],
  ['an emit in a job', inner({ entry: emit({ type: 'e' }) }), 'the action xstate.emit', 'm.a', 'job'],
  ['an emit in a playbook', inner({ entry: emit({ type: 'e' }) }), 'the action xstate.emit', 'm.a', 'playbook'],
  [
    'two invocations of one id in one state',
    inner({
      invoke: [
        { id: 'x', src: think },
        { id: 'x', src: think },
      ],
    }),
    'the invocation id "x"',
    'm.a',
  ],
  [
    'two of one id in parallel',
    inner({ type: 'parallel', states: { one: region('x'), two: region('x') } }),
    'the invocation id "x", which is active in "m.a.one.x"',
    'm.a.two.x',
  ],
  [
    'two of one id in a state and within it',
    inner({ invoke: { id: 'x', src: think }, ...region('x') }),
    'the invocation id "x"',
    'm.a.x',
  ],
  ['an invocation of a colleague', inner({ invoke: { src: think } }), 'the invocation', 'm.a', 'colleague'],
  ['a wildcard of a colleague', inner({ on: { '*': 'b' } }), 'a wildcard event', 'm.a', 'colleague'],
  ['a partial wildcard of a colleague', inner({ on: { 'order.*': 'b' } }), 'a wildcard event', 'm.a', 'colleague'],
  [
    'a way into the history of a parallel state from within it',
    inner({ type: 'parallel', states: { x: { on: { e: 'h' } }, h: { type: 'history' } } }),
    'a transition to "m.a.h"',
    'm.a.x',
  ],
  [
    'a parallel state without regions',
    inner({ type: 'parallel', states: { h: { type: 'history' } } }),
    'has no region',
    'm.a',
    'job',
    'definition-invalid',
  ],
  [
    'a guard without implementation',
    inner({ on: { e: { guard: 'fits', target: 'b' } } }),
    'the guard "fits"',
    'm.a',
    'job',
    'definition-invalid',
  ],
  [
    'one within another',
    inner({ on: { e: { guard: and([not('fits'), stateIn('a')]), target: 'b' } } }),
    'the guard "fits"',
    'm.a',
    'job',
    'definition-invalid',
  ],
  [
    'a delay without implementation',
    inner({ after: { patience: 'b' } }),
    'the delay "patience"',
    'm.a',
    'job',
    'definition-invalid',
  ],
  [
    'one of a raise',
    inner({ entry: raise({ type: 'e' }, { delay: 'patience' as never }) }),
    'the delay "patience"',
    'm.a',
    'job',
    'definition-invalid',
  ],
  [
    'an action without implementation',
    inner({ entry: 'audit' }),
    'the action "audit"',
    'm.a',
    'job',
    'definition-invalid',
  ],
]

describe('a machine is refused when it is loaded, by the name of the state, for', () => {
  it.each(refused.map((one) => [one[0], one] as const))(
    '%s',
    (_, [, machine, what, state, kind = 'job', code = 'not-durable']) => {
      let error: unknown
      try {
        assertDurable(machine, 'ada@1.0.0/write', { kind })
      } catch (thrown) {
        error = thrown
      }
      expect(error).toMatchObject({ code, path: state })
      const { message, hint } = error as { message: string; hint: string }
      expect(message).toMatch(/^ada@1\.0\.0\/write: /)
      expect(message).toContain(`state "${state}"`)
      expect(message).toContain(what)
      expect(hint).not.toBe('')
    },
  )
})

describe('a machine may', () => {
  it('assign, raise (also later), cancel, enqueue, and invoke skills; a colleague emits', () => {
    const machine = inner(
      {
        entry: [
          assign({}),
          raise({ type: 'e' }, { delay: 10, id: 'r' }),
          raise({ type: 'e' }, { delay: 'patience' as never }),
          'named',
        ],
        exit: [cancel('r'), enqueueActions(() => {})],
        after: { patience: { guard: { type: 'fits', params: {} }, target: 'b' }, 10: 'b' },
        invoke: { src: think },
      },
      { actions: { named: assign({}) }, guards: { fits: () => true }, delays: { patience: 5 } },
    )
    expect(() => assertDurable(machine, 'm', { kind: 'job' })).not.toThrow()
  })

  it('give one invocation id to states that are never active together', () => {
    const machine = setup({ actors: { think } }).createMachine({
      initial: 'a',
      states: { a: region('x'), b: region('x') },
    } as never)
    expect(() => assertDurable(machine as never, 'm', { kind: 'job' })).not.toThrow()
  })

  it('be the standard ones', () => {
    expect(() => assertDurable(standardDuty, 'duty', { kind: 'colleague' })).not.toThrow()
    expect(() => assertDurable(standardJob, 'job', { kind: 'job' })).not.toThrow()
    expect(() => assertDurable(approvalJob, 'approval', { kind: 'job' })).not.toThrow()
  })
})
