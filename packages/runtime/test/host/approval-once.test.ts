import { skillLogic, type Failure, type JobInput, type Json, type Team } from '@roster/core'
import { crashPoints } from '@roster/testing'
import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { definition } from '../kit/definitions.ts'
import { team as acme } from '../kit/team.ts'
import { World } from '../kit/world.ts'

const approve = skillLogic<{ arguments: Json; question: Json }, Json>({
  kind: 'approve',
  to: { role: 'chief' },
  tool: 'pay',
  validForMs: 3_600_000,
})
const pay = skillLogic<Json, Json>({ kind: 'use', tool: 'pay' })
const askTess = skillLogic<Json, Json>({ kind: 'ask', to: { name: 'tess' }, work: 'pay' })

interface Context {
  readonly amount: Json
  readonly results: readonly Json[]
}

const parts = setup({
  types: { context: {} as Context, input: {} as JobInput, output: [] as readonly Json[] },
  actors: { approve, pay, askTess },
  actions: {
    keep: assign({ results: ({ context, event }) => [...context.results, { done: outputOf(event) }] }),
    keepError: assign({ results: ({ context, event }) => [...context.results, { error: codeOf(event) }] }),
  },
})

function outputOf(event: unknown): Json {
  return (event as { output: Json }).output
}

function codeOf(event: unknown): string {
  return (event as { error: Failure }).error.code
}

const begin = ({ input }: { input: JobInput }): Context => ({ amount: input.input, results: [] })
const output = ({ context }: { context: Context }): readonly Json[] => context.results
const asking = (target: string) => ({
  invoke: {
    id: 'approve',
    src: 'approve' as const,
    input: ({ context }: { context: Context }) => ({ arguments: context.amount, question: 'May I?' }),
    onDone: target,
  },
})
const paying = (id: string, src: 'pay' | 'askTess', target: string) => ({
  invoke: {
    id,
    src,
    input: ({ context }: { context: Context }) => context.amount,
    onDone: { target, actions: 'keep' as const },
    onError: { target, actions: 'keepError' as const },
  },
})

/** Asks once, then pays twice: one after the other. */
const inTurn = parts.createMachine({
  id: 'in-turn',
  context: begin,
  output,
  initial: 'asking',
  states: {
    asking: asking('first'),
    first: paying('first', 'pay', 'second'),
    second: paying('second', 'pay', 'over'),
    over: { type: 'final' },
  },
})

/** Asks once, then pays twice: at the same time, by itself or by two jobs. */
const atOnce = (src: 'pay' | 'askTess') =>
  parts.createMachine({
    id: 'at-once',
    context: begin,
    output,
    initial: 'asking',
    states: {
      asking: asking('both'),
      both: {
        type: 'parallel',
        onDone: 'over',
        states: {
          one: { initial: 'on', states: { on: paying('one', src, 'off'), off: { type: 'final' } } },
          two: { initial: 'on', states: { on: paying('two', src, 'off'), off: { type: 'final' } } },
        },
      },
      over: { type: 'final' },
    },
  })

const playbooks = { 'in-turn': inTurn, 'at-once': atOnce('pay'), 'by-two': atOnce('askTess') }

const team: Team = {
  ...acme,
  colleagues: {
    ...acme.colleagues,
    // Two jobs of the treasurer at a time: what one of them uses up, the other has in its hands too.
    tess: { ...acme.colleagues['tess'], concurrency: 2 } as Team['colleagues'][string],
  },
  playbooks: Object.fromEntries(
    Object.entries(playbooks).map(([name, machine]) => {
      const one = definition('playbook', `${name}@1.0.0`, machine as never)
      return [name, { name, version: '1.0.0', owner: 'eve', definition: one }]
    }),
  ),
}

const paidOnce = [{ done: { amount: 500, receipt: expect.any(String) } }, { error: 'approval-used' }]
const byWord = (one: object, other: object): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)

async function played(playbook: keyof typeof playbooks): Promise<{ world: World; results: readonly object[] }> {
  const world = await World.begin({ team })
  const task = await world.publish(playbook, { amount: 500 })
  await world.settle()
  expect(await world.decideAll('approved')).toBe(1)
  await world.settle()
  if (playbook === 'by-two') {
    // Whose approval was used up asks again, and is told no.
    await world.decideAll('declined')
    await world.settle()
  }
  const { output: results } = await world.outcome(task)
  return { world, results: results as readonly object[] }
}

describe('an approval counts once', () => {
  it('for two effects one after the other', async () => {
    const { world, results } = await played('in-turn')
    expect(results).toEqual(paidOnce)
    expect(world.effects.keys('pay')).toHaveLength(1)
  })

  it('for two effects that begin in one step', async () => {
    const { world, results } = await played('at-once')
    expect(results.toSorted(byWord)).toEqual(paidOnce.toSorted(byWord))
    expect(world.effects.keys('pay')).toHaveLength(1)
  })

  it('for two jobs that both have it in their hands', async () => {
    const { world, results } = await played('by-two')
    const codes = results.map((one) => ('error' in one ? one.error : 'done'))
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes).toHaveLength(2)
    expect(world.effects.keys('pay')).toHaveLength(1)
  })

  it('and the record of the effect says which one it was', async () => {
    const { world } = await played('in-turn')
    const used = (await world.history()).flatMap(({ decisions }) =>
      decisions.flatMap(({ approvals = [] }) => approvals),
    )
    expect(used).toEqual([expect.stringMatching(/^eve\/approval of /)])
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'for its effect also when the host dies at append %i after the decision',
    async (count) => {
      const world = new World({ team })
      const first = await world.open()
      await world.load()
      const task = await world.publish('in-turn', { amount: 500 })
      await world.settle()
      await first.host.stop()
      world.bury(first)
      const dying = await world.open({ store: crashPoints(world.store, { 'after-append': count }) })
      await world.decideAll('approved')
      await expect(world.settle()).rejects.toThrow('after-append')
      world.bury(dying)
      await world.open()
      await world.settle()
      expect(await world.outcome(task)).toMatchObject({ status: 'done', output: paidOnce })
      // Whoever runs it again does so under the same key: it is the same act.
      expect(new Set(world.effects.keys('pay')).size).toBe(1)
    },
  )
})
