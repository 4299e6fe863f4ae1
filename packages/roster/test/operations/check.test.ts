import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { checkTeam } from '../../src/client.ts'
import {
  approval,
  approve,
  ask,
  asking,
  colleague,
  never,
  playbook,
  team,
  type PlaybookOptions,
} from '../../src/index.ts'
import { scriptedModel } from '../../src/model.ts'
import { rehearse } from '../../src/testing.ts'
import { allowAll, boss, talkers, Word, wordTool } from '../stage.ts'

const pay = wordTool('pay')
const clerk = colleague('clerk@1.0.0', {
  owner: boss,
  role: 'clerk',
  model: scriptedModel({ answers: () => ({ word: 'done' }) }),
  accepts: { pay: { input: Word, output: Word }, look: { input: Word, output: Word } },
})

const words = setup({
  types: { context: {} as { readonly word: string } },
  actors: { look: ask(clerk, 'look'), pay: ask(clerk, 'pay'), consent: approve(boss, pay) },
  guards: {
    isUnclear: ({ context }) => context.word === '',
    isApproved: ({ event }) => (event as unknown as { output: { decision: string } }).output.decision === 'approved',
  },
})

/** Looks until it is clear, asks the boss unless told otherwise, and pays. */
const paying = (after: 'asking' | 'paying') =>
  words.createMachine({
    id: 'paying',
    context: { word: 'x' },
    initial: 'looking',
    states: {
      looking: {
        invoke: {
          id: 'look',
          src: 'look',
          input: ({ context }) => context,
          onDone: [{ guard: 'isUnclear', target: 'looking', reenter: true }, { target: after }],
        },
      },
      asking: {
        invoke: {
          id: 'consent',
          src: 'consent',
          input: { arguments: null, question: null },
          onDone: [{ guard: 'isApproved', target: 'paying' }, { target: 'over' }],
          onError: 'over',
        },
      },
      paying: { invoke: { id: 'pay', src: 'pay', input: ({ context }) => context, onDone: 'over', onError: 'stuck' } },
      stuck: {},
      over: { type: 'final' },
    },
  })

function checked(after: 'asking' | 'paying', options: Partial<PlaybookOptions<typeof Word, typeof Word>> = {}) {
  const payer = playbook('payer@1.0.0', { owner: boss, input: Word, output: Word, ...options }, paying(after))
  return checkTeam(team('desk', { colleagues: [clerk, boss], playbooks: [payer], policies: allowAll, tools: [pay] }))
}

describe('check', () => {
  it('refuses a dead end, a loop without a bound and a step without a fallback, each with the way', async () => {
    const { ok, problems } = await checked('asking')
    expect(ok).toBe(false)
    expect(problems).toMatchObject([
      {
        code: 'dead-end',
        path: 'payer@1.0.0/stuck',
        message: expect.stringContaining('4. paying: pay failed -> stuck'),
      },
      {
        code: 'loop-unbounded',
        message: expect.stringContaining('1. looking: look answered [isUnclear] -> looking'),
        hint: expect.stringContaining("rounds: { 'looking': 3 }"),
      },
      { code: 'fallback-missing', path: 'payer@1.0.0/look' },
    ])
  })

  it('refuses a broken property with the shortest way that breaks it', async () => {
    const properties = [never(asking(clerk, 'pay'), { without: [approval(pay, boss)] })]
    const sound = await checked('asking', { properties })
    expect(sound.problems.some(({ code }) => code === 'property-broken')).toBe(false)
    const { problems } = await checked('paying', { properties })
    expect(problems.filter(({ code }) => code === 'property-broken')).toMatchObject([
      {
        message:
          'payer@1.0.0 breaks "never asks clerk for pay without an approval of pay by boss":\n' +
          '  1. begun -> looking\n  2. looking: look answered -> paying',
      },
    ])
  })

  it('warns of a state that nothing leads to', async () => {
    const { problems } = await checked('paying')
    expect(problems).toContainEqual(expect.objectContaining({ code: 'state-unreachable', path: 'payer@1.0.0/asking' }))
  })

  it('refuses a bound of a state that does not exist when the team is composed', () => {
    expect(() => checked('asking', { limits: { rounds: { loking: 2 } } })).toThrow(
      /"loking", which is none of its states/,
    )
  })

  it('says what the worst case is, and gives the same lock for the same team', async () => {
    const bounded = { limits: { rounds: { looking: 2 } } }
    const { analyses, lock } = await checked('asking', bounded)
    expect(analyses[0]).toMatchObject({ id: 'payer@1.0.0', worst: { modelCalls: 40, costMicroUsd: 400_000 } })
    expect(lock).toBe((await checked('asking', bounded)).lock)
    expect(lock).toContain('\n  loop looking (looking: at most 2 rounds)\n')
    expect(lock).not.toBe((await checked('paying', bounded)).lock)
  })

  it('tells paths and moves that histories have exercised from those that none has', async () => {
    const played = talkers(scriptedModel({ answers: () => ({ word: 'yes' }) }), [])
    const run = await rehearse(played)
    await (await run.publish('talk', { word: 'hello' })).outcome()
    const { analyses } = await checkTeam(played, [await run.operations.export()])
    expect(analyses.map(({ id, paths, exercised }) => [id, paths, exercised?.paths])).toEqual([
      ['talk@1.0.0', 2, 1],
      ['talker@1.0.0/say', 2, 1],
    ])
    expect(analyses[0]?.exercised?.never).toEqual(['say: say failed -> ended'])
  })
})
