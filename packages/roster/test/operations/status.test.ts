import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { colleague, playbook, team, type Steps, type Success } from '../../src/index.ts'
import { scriptedModel } from '../../src/model.ts'
import { rehearse, type RehearsalOptions } from '../../src/testing.ts'
import { allowAll, boss } from '../stage.ts'

const Relay = z.object({ runner: z.number(), leg: z.number(), dropped: z.boolean() })
type Baton = z.infer<typeof Relay>

/** Each runner drops the baton on the leg of their own number. */
const runner = colleague('runner@1.0.0', {
  owner: boss,
  role: 'runner',
  model: scriptedModel({
    answers: ({ input }) => {
      const { runner: number, leg, dropped } = input as Baton
      return number === leg ? 'dropped' : { runner: number, leg: leg + 1, dropped }
    },
  }),
  accepts: { run: { input: Relay, output: Relay, instructions: 'Run.' } },
})

const picksUp = { partial: (baton: Baton) => ({ ...baton, leg: baton.leg + 1, dropped: true }) }
const legs = 10

async function ran(runners: number, success?: Success<Baton>, people: RehearsalOptions['people'] = {}) {
  const graph = (steps: Steps<Baton>): Steps<Baton> =>
    Array.from({ length: legs }).reduce<Steps<Baton>>((line) => line.ask(runner, 'run', { otherwise: picksUp }), steps)
  const relay = playbook(
    'relay@1.0.0',
    { owner: boss, input: Relay, output: Relay, ...(success === undefined ? {} : { success }) },
    graph,
  )
  const run = await rehearse(team('club', { colleagues: [runner, boss], playbooks: [relay], policies: allowAll }), {
    people,
  })
  for (let number = 0; number < runners; number += 1)
    await (
      await run.publish('relay', { runner: number, leg: 0, dropped: false }, { idempotencyKey: `${number}` })
    ).outcome()
  return run
}

describe('status', () => {
  it('sees a chain of ten steps at 90 % as 35 %', async () => {
    const [relay] = await (await ran(10)).operations.status()
    expect(relay?.steps).toHaveLength(legs)
    expect(relay?.steps.every(({ answered, failed, share }) => answered === 9 && failed === 1 && share === 0.9)).toBe(
      true,
    )
    expect(relay?.chain).toBeCloseTo(0.35, 2)
    // Nobody said what success is: all that is done is one.
    expect(relay).toMatchObject({ ended: 10, succeeded: 10, share: 1, atLeast: null, enough: true })
  })

  it('counts as success what the playbook declares, and says when it is too rare', async () => {
    const success: Success<Baton> = { is: ({ dropped }) => !dropped, atLeast: 0.5, within: '7 days' }
    const [few] = await (await ran(4, success)).operations.status()
    expect(few).toMatchObject({ ended: 4, succeeded: 0, share: 0, atLeast: 0.5, enough: false, owner: 'boss' })
    const run = await ran(12, { ...success, atLeast: 0.1 })
    expect(await run.operations.status()).toMatchObject([{ ended: 12, succeeded: 2, enough: true }])
  })

  it('tells the owner of a playbook that succeeds too rarely, once a day', async () => {
    const run = await ran(2, { is: ({ dropped }) => !dropped, atLeast: 0.5, within: '7 days' }, { boss: 'wait' })
    expect(await run.operations.tellOwners()).toEqual([{ playbook: 'relay@1.0.0', owner: 'boss', known: false }])
    expect(await run.operations.tellOwners()).toMatchObject([{ known: true }])
    await run.idle()
    expect(await run.operations.inbox('boss')).toMatchObject([
      { tool: 'acknowledge', arguments: { playbook: 'relay@1.0.0', ended: 2, succeeded: 0, atLeast: 0.5 } },
    ])
    await run.pass(86_400_000)
    expect(await run.operations.tellOwners()).toMatchObject([{ known: false }])
  })

  it('tells the owner by itself, within a minute after a task has ended', async () => {
    const run = await ran(2, { is: ({ dropped }) => !dropped, atLeast: 0.5, within: '7 days' }, { boss: 'wait' })
    expect(await run.operations.inbox('boss')).toEqual([])
    await run.pass(60_000)
    await run.idle()
    expect(await run.operations.inbox('boss')).toMatchObject([{ tool: 'acknowledge', arguments: { succeeded: 0 } }])
    expect(await run.operations.tellOwners()).toMatchObject([{ known: true }])
  })

  it('tells nobody about a playbook that does well', async () => {
    const run = await ran(1)
    expect(await run.operations.tellOwners()).toEqual([])
  })

  it('forgets what ended before the window', async () => {
    const run = await ran(2, { is: ({ dropped }) => !dropped, atLeast: 0.5, within: '7 days' })
    await run.pass(8 * 86_400_000)
    expect(await run.operations.status()).toMatchObject([
      { ended: 0, share: null, enough: true, steps: [], chain: null },
    ])
  })

  it('calls an outcome no success that the predicate cannot read', async () => {
    const unreadable: Success<Baton> = {
      is: () => {
        throw new TypeError('of an earlier version')
      },
      atLeast: 0.5,
      within: '7 days',
    }
    expect(await (await ran(1, unreadable)).operations.status()).toMatchObject([{ ended: 1, succeeded: 0 }])
  })

  it('counts a step that a delay ended as late', async () => {
    const read = playbook('read@1.0.0', { owner: boss, input: Relay, output: Relay }, (steps) =>
      steps.approve(boss, { within: '1 day', otherwise: 'escalate' }),
    )
    const reading = team('readers', { colleagues: [boss], playbooks: [read], policies: allowAll })
    let asked = 0
    // Too late with the first question, in time with the second.
    const run = await rehearse(reading, { people: { boss: () => (asked++ === 0 ? 'wait' : 'approve') } })
    await (await run.publish('read', { runner: 0, leg: 0, dropped: false })).outcome()
    const [status] = await run.operations.status()
    expect(status?.steps).toEqual([
      { step: 'approval-by-boss', answered: 0, failed: 0, late: 1, share: 0 },
      { step: 'approval-by-boss-escalated', answered: 1, failed: 0, late: 0, share: 1 },
    ])
  })
})
