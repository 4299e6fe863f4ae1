import { and, assign, enqueueActions, setup, stateIn, type AnyStateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'

import { instrumented, skillLogic } from '../../src/index.ts'
import { Life } from '../kit/life.ts'

const think = skillLogic<unknown, unknown>({ kind: 'think' })
let count = 0
const begun = Date.now()
/** No everywhere here, and yes in a later world. */
const isLate = (): boolean => Date.now() > begun + 1_000_000_000

/** A machine that takes `go` in a way of its own. */
function going(go: unknown, more: object = {}, implementations: object = {}): AnyStateMachine {
  const config = { id: 'm', context: { n: 0 }, initial: 'a', states: { a: { on: { go } }, b: {} }, ...more }
  return setup({ actors: { think }, ...implementations }).createMachine(config as never) as unknown as AnyStateMachine
}

function taken(machine: AnyStateMachine): unknown {
  return new Life(instrumented(machine)).send('go').next.machine
}

describe('a step whose purity is checked', () => {
  it.each<readonly [string, AnyStateMachine, string]>([
    [
      'an assignment that reads the clock',
      going({ actions: assign({ n: () => Date.now() }) }),
      'an action on "go" of m.a, "n"',
    ],
    [
      'one that makes a date',
      going({ actions: assign(() => ({ n: new Date().getTime() })) }),
      'an action on "go" of m.a',
    ],
    [
      'one that reads the seconds since it was started',
      going({ actions: assign({ n: () => performance.now() }) }),
      'an action on "go" of m.a, "n"',
    ],
    ['one that rolls dice', going({ actions: assign({ n: () => Math.random() }) }), 'an action on "go" of m.a, "n"'],
    [
      'one that makes an id',
      going({ actions: assign({ n: () => crypto.randomUUID() }) }),
      'an action on "go" of m.a, "n"',
    ],
    [
      'one that counts outside of the machine',
      going({ actions: assign({ n: () => (count += 1) }) }),
      'an action on "go" of m.a, "n"',
    ],
    [
      'one that changes what it is given',
      going({ actions: assign({ n: ({ context }) => (context.n += 1) }) }),
      'an action on "go" of m.a, "n"',
    ],
    [
      'one that has a name',
      going({ actions: 'stamp' }, {}, { actions: { stamp: assign({ n: () => Date.now() }) } }),
      'the action "stamp", "n"',
    ],
    ['a guard of its own', going({ guard: isLate, target: 'b' }), 'the guard "isLate" of m.a'],
    ['a guard with a name', going({ guard: 'isLate', target: 'b' }, {}, { guards: { isLate } }), 'the guard "isLate"'],
    [
      'a guard within another',
      going({ guard: and([stateIn('a'), 'isLate']), target: 'b' }, {}, { guards: { isLate } }),
      'the guard "isLate"',
    ],
    [
      'what decides while it runs what is done',
      going({ actions: enqueueActions(({ enqueue }) => void (isLate() && enqueue.assign({ n: 1 }))) }),
      'an action on "go" of m.a',
    ],
    [
      'what is done by it',
      going({ actions: enqueueActions(({ enqueue }) => enqueue.assign({ n: () => Date.now() })) }),
      'an action on "go" of m.a, "n"',
    ],
    [
      'the input of a skill',
      going('b', {
        states: { a: { on: { go: 'b' } }, b: { invoke: { id: 'x', src: 'think', input: () => Date.now() } } },
      }),
      'the input of "x" in m.b',
    ],
    [
      'a delay',
      going(
        'b',
        { states: { a: { on: { go: 'b' } }, b: { after: { soon: 'a' } } } },
        { delays: { soon: () => Date.now() } },
      ),
      'the delay "soon"',
    ],
    [
      'an output',
      going('b', { states: { a: { on: { go: 'b' } }, b: { type: 'final' } }, output: () => Date.now() }),
      'the output of m',
    ],
  ])('refuses %s', (_, machine, what) => {
    expect(() => taken(machine)).toThrow(expect.objectContaining({ code: 'impure', path: what }) as never)
  })

  it('refuses a first context that is another each time', () => {
    const machine = setup({}).createMachine({ id: 'm', context: () => ({ n: Date.now() }) })
    expect(() => new Life(instrumented(machine))).toThrow('the first context gives')
  })

  it('does what it does unchecked, with each guard reported once', () => {
    const machine = going(
      {
        guard: 'isSmall',
        actions: enqueueActions(({ enqueue, check }) => {
          if (check('isSmall')) enqueue.assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 })
        }),
      },
      {},
      { guards: { isSmall: ({ context }: { context: { n: number } }) => context.n < 3 } },
    )
    const checked = new Life(instrumented(machine)).send('go')
    expect(checked.next.machine.context).toEqual({ n: 1 })
    expect(checked.path.guards).toEqual([
      { guard: 'isSmall', result: true },
      { guard: 'isSmall', result: true },
    ])
  })

  it('leaves the clock and the dice as they were', () => {
    const { Date: date } = globalThis
    const { random } = Math
    taken(going({ actions: assign({ n: 1 }) }))
    expect([globalThis.Date, Math.random, Object.hasOwn(performance, 'now')]).toEqual([date, random, false])
  })
})
