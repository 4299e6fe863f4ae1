import { describe, expect, it } from 'vitest'
import { assign, setup } from 'xstate'

import { note, paused, skillLogic, standardDuty, step, type Actor, type Json } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, message } from '../kit/sample.ts'

const ofAda = (): Life => new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 1 } })

/** Given an actor, when this is noted on it, then its state has changed so, or it is refused there. */
function given(actor: Actor) {
  return {
    when: (type: string, payload: Json, sender = 'client/eve') => {
      const noted = note(actor, message({ id: 'n', type, to: actor.stream, sender, payload }))
      return {
        then: (terms: object | undefined): void => {
          expect('refused' in noted ? noted : noted.next).toEqual({
            ...actor.state,
            ...(terms === undefined ? {} : { terms }),
          })
        },
        isRefused: (path: string): void => expect(noted).toMatchObject({ refused: { code: 'input-invalid', path } }),
      }
    },
  }
}

describe('a note', () => {
  it('changes the terms and nothing else', () => {
    const { actor } = ofAda()
    const stopped = { by: 'client/eve', at: expect.any(Number), because: 'why' }
    given(actor).when('terms.stop', { because: 'why' }).then({ stopped })
    given(actor).when('terms.level', { level: 'observe' }).then({ level: 'observe' })
    given(actor).when('terms.resume', {}).then(undefined)
  })

  it('that makes no sense is refused, with the place', () => {
    const { actor } = ofAda()
    given(actor).when('terms.level', { level: 'free' }).isRefused('/payload/level')
    given(actor).when('approval.withdraw', { approval: 'a1' }).isRefused('/sender')
    given(actor)
      .when('limit.raised', { amounts: { tokens: 1 } })
      .isRefused('/to')
    const job = new Life(setup({}).createMachine({})).actor
    for (const amounts of [null, {}, { tokens: -1 }, { tokens: 1.5 }, { money: 1 }])
      given(job).when('limit.raised', { amounts }).isRefused('/payload/amounts')
    given(job).when('terms.level', { level: 'observe' }).isRefused('/to')
  })
})

describe('a step that is paused', () => {
  const machine = setup({
    types: { context: {} as { readonly answer: Json } },
    actors: { look: skillLogic<Json, Json>({ kind: 'use', tool: 'look' }) },
  }).createMachine({
    context: { answer: null },
    initial: 'idle',
    states: {
      idle: { on: { go: 'looking' } },
      looking: {
        on: { leave: 'idle' },
        invoke: {
          id: 'look',
          src: 'look',
          input: { where: 'there' },
          onDone: { target: 'idle', actions: assign({ answer: ({ event }) => event.output }) },
        },
      },
    },
  })

  /** A job whose look waits for a limit to be raised. */
  function waiting() {
    const life = new Life(machine)
    const stepped = step(life.actor, life.stimulus('go'), life.context)
    const { next, snapshot, effects } = paused(stepped)
    return { life, wanted: stepped.effects, effects, actor: { ...life.actor, state: next, snapshot, version: 2 } }
  }

  const raise = (actor: Actor) =>
    note(actor, message({ id: 'n', type: 'limit.raised', to: actor.stream, payload: { amounts: { toolCalls: 1 } } }))

  it('starts nothing until a limit is raised, and then what it wanted', () => {
    const { wanted, effects, actor } = waiting()
    expect(effects).toEqual([])
    expect(wanted).toHaveLength(1)
    expect(raise(actor)).toMatchObject({ effects: wanted })
    expect((raise(actor) as { next: object }).next).not.toHaveProperty('unpaid')
  })

  it('starts nothing that its machine does not want any more', () => {
    const { life, actor } = waiting()
    const { next, snapshot } = step(actor, life.stimulus('leave'), life.context)
    expect(raise({ ...actor, state: next, snapshot })).toMatchObject({ effects: [] })
  })
})
