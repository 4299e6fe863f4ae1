import { assign, enqueueActions, setup, type AnyStateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'

import { canonical, isRosterError, skillLogic, standardDuty } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, task } from '../kit/sample.ts'

const think = skillLogic<null, null>({ kind: 'think' })

/** A machine that does something on the event `go`. */
function on(actions: unknown, implementations: object = {}): AnyStateMachine {
  const config = { id: 'm', context: { n: 0 }, initial: 'a', states: { a: { on: { go: { actions } } } } }
  return setup({ actors: { think }, ...implementations }).createMachine(config as never) as unknown as AnyStateMachine
}

/** Takes `go` and gives back what was thrown; nothing if the actor is not as it was before. */
function thrownBy(machine: AnyStateMachine): unknown {
  const life = new Life(machine)
  const before = canonical(life.state)
  try {
    life.send('go')
  } catch (error) {
    return canonical(life.state) === before ? error : undefined
  }
  return undefined
}

describe('what shows up only while a machine runs is refused at the step, by name:', () => {
  it.each<readonly [string, unknown, string]>([
    [
      'spawn in an assign',
      assign(({ spawn }) => ({ ref: typeof spawn(think, { id: 'x' } as never) })),
      'is spawned in a context',
    ],
    [
      'spawn that is kept in the context',
      assign(({ spawn }) => ({ ref: spawn(think as never) })),
      'is spawned in a context',
    ],
    [
      'an enqueued action of its own',
      enqueueActions(({ enqueue }) => enqueue(function notify() {})),
      'action "notify" has code of its own',
    ],
    [
      'an enqueued spawnChild',
      enqueueActions(({ enqueue }) => enqueue.spawnChild('think' as never, { id: 'x' })),
      'starts x, which no state invokes',
    ],
    [
      'an enqueued sendTo',
      enqueueActions(({ enqueue }) => enqueue.sendTo(() => ({ send: () => {} }) as never, { type: 'e' } as never)),
      'xstate.sendTo',
    ],
    [
      'an enqueued emit in a job',
      enqueueActions(({ enqueue }) => enqueue.emit({ type: 'job.start' })),
      'emits "job.start"',
    ],
    ['self.send', assign(({ self }) => self.send({ type: 'go' })), 'self.send'],
    ['self.getSnapshot', assign(({ self }) => ({ n: typeof self.getSnapshot() })), 'self.getSnapshot'],
    ['system.get', assign(({ system }) => ({ n: typeof system.get('x') })), 'system.get'],
  ])('%s', (_, actions, message) => {
    const error = thrownBy(on(actions))
    expect(isRosterError(error, 'not-durable')).toBe(true)
    expect((error as Error).message).toContain(message)
  })

  it('spawn in the context factory', () => {
    const machine = setup({ actors: { think } }).createMachine({
      context: ({ spawn }) => ({ ref: spawn('think', { id: 'x', input: null }).id }),
    })
    expect(() => new Life(machine)).toThrow('is spawned in a context')
  })

  it('a context that is no JSON', () => {
    expect(thrownBy(on(assign({ n: () => new Date(0) })))).toMatchObject({ code: 'not-json', path: '/context/n' })
  })

  it('a colleague that emits something else than the work it was given, or that twice', () => {
    const emitting = (count: number, id: string) =>
      setup({}).createMachine({
        on: {
          work: {
            actions: enqueueActions(({ enqueue }) => {
              for (let index = 0; index < count; index++) enqueue.emit({ type: 'job.start', message: { id } } as never)
            }),
          },
        },
      })
    const take = (count: number, id: string) => () =>
      new Life(emitting(count, id), { stream: ada, kind: 'colleague' }).send('work', { id: 'w' })
    expect(take(1, 'w')).not.toThrow()
    expect(take(1, 'v')).toThrow('not the start of the work it was just given')
    expect(take(2, 'w')).toThrow('not the start of the work it was just given')
  })
})

describe('a step that fails is an attempt, never a state:', () => {
  it('a guard that throws', () => {
    const machine = setup({}).createMachine({ on: { go: { guard: () => { throw new Error('no') }, actions: [] } } }) // prettier-ignore
    expect(thrownBy(machine)).toMatchObject({ message: expect.stringContaining('no') })
  })

  it('an assign that throws', () => {
    expect(thrownBy(on(assign(() => { throw new Error('assigned badly') })))).toMatchObject({ message: 'assigned badly' }) // prettier-ignore
  })

  it.each([
    ['an error', new Error('badly begun'), 'badly begun'],
    ['something else', 'badly begun', 'badly begun'],
  ])('a context factory that throws %s', (_, thrown, message) => {
    const machine = setup({}).createMachine({ context: () => { throw thrown } }) // prettier-ignore
    expect(() => new Life(machine, { stream: task, kind: 'playbook' })).toThrow(message)
  })

  it('a machine that finds no rest', () => {
    const machine = setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
    })
    expect(thrownBy(machine)).toMatchObject({ message: expect.stringContaining('Infinite loop') })
  })
})

describe('what lives on is what its data say:', () => {
  it('members that are undefined are gone, also for the code of the next step', () => {
    const life = new Life(on(assign(({ context }) => ({ n: Object.keys(context).length, gone: undefined }))))
    life.send('go')
    life.send('go')
    expect(life.data).toStrictEqual({ n: 1 })
  })

  it('members stand in one order, whoever made them and whether they were stored in between', () => {
    const told = (event: unknown): object => (event as { payload: object }).payload
    const listing = on(assign(({ context, event }) => ({ n: Object.keys(context as object).join(), ...told(event) })))
    const life = new Life(listing)
    life.send('go', { payload: { z: 1, b: { y: 1, x: 2 }, 10: 1, 9: 1 } })
    life.send('go', { payload: { a: 1 } })
    expect(life.data['n']).toBe('9,10,b,n,z')
    expect(Object.keys(life.data['b'] as object)).toEqual(['x', 'y'])
  })

  it('a context that looks like an actor to XState stays as it is', () => {
    const hostile = { xstate$$type: 1, id: 'think' }
    const life = new Life(on(assign(({ context }) => ({ n: (context as { n: number }).n + 1 }))), { given: null })
    const machine = setup({}).createMachine({ context: { hostile }, on: { go: {} } })
    const other = new Life(machine)
    other.send('go')
    expect(other.data).toEqual({ hostile })
    life.send('go')
    expect(life.data).toEqual({ n: 1 })
  })

  it('a colleague lives for as long as it is sent messages', () => {
    const life = new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 2 } })
    for (let index = 0; index < 50; index++) {
      life.send('work', { id: `w${index}` })
      life.send('job.ended', { payload: { job: `w${index}`, how: 'done' } })
    }
    expect(life.data).toEqual({ concurrency: 2, open: 0 })
  })
})
