import { once } from 'node:events'

import { restep, streamName } from '@roster/core'
import { sha256 } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { endRevoked } from '../../src/index.ts'
import { World } from '../kit/world.ts'

const tess = streamName.agent('acme', 'tess')

/** What the playbook makes of a refusal: it decides itself who goes on. */
const told = expect.arrayContaining([{ error: 'revoked' }]) as object

async function openJobs(world: World): Promise<readonly string[]> {
  const heads = await world.store.heads()
  return heads.filter(({ stream, final }) => !final && stream.startsWith(`${tess}/job/`)).map(({ stream }) => stream)
}

async function revoke(world: World): Promise<void> {
  await world.order(tess, 'terms.revoke', { because: 'a theft' })
  const isNoted = async (): Promise<boolean> =>
    (await world.records(tess)).some(({ cause }) => cause.type === 'terms.revoke')
  while (!(await isNoted())) await new Promise(setImmediate)
  const jobs = await openJobs(world)
  await world.store.revoke([tess, ...jobs])
  for (const job of jobs) await endRevoked(world.intake, { job, record: 'r', by: 'eve' })
  await world.settle()
}

describe('a colleague that is revoked', () => {
  it('has its open job ended, and whoever asked it for anything is told', async () => {
    const world = await World.begin()
    await world.order(tess, 'terms.stop', { because: 'so that its work stays open' })
    const tasks = await Promise.all([5, 6, 7].map((amount) => world.publish('brief', { amount })))
    await world.settle()
    const [job = ''] = await openJobs(world)
    await revoke(world)
    for (const task of tasks) expect(await world.outcome(task)).toMatchObject({ status: 'done', output: told })
    expect((await world.records(job)).at(-1)).toMatchObject({
      kind: 'ended',
      who: { colleague: 'system' },
      cause: { type: 'revoke' },
      outcome: { status: 'revoked' },
    })
    expect(world.effects.keys('pay')).toEqual([])
    expect(await world.pending()).toEqual([])
  })

  it('has what it is doing cut off', async () => {
    const world = await World.begin()
    const begun = Promise.withResolvers<void>()
    world.effects.play('pay', async ({ signal }) => {
      begun.resolve()
      await once(signal, 'abort')
      return null
    })
    const task = await world.publish('brief', { amount: 5 })
    await begun.promise
    await revoke(world)
    expect(await world.outcome(task)).toMatchObject({ status: 'done', output: told })
  })

  it('does nothing in its own name, and everything again once it is reinstated', async () => {
    const world = await World.begin()
    await revoke(world)
    await world.publish('brief', { amount: 5 })
    await world.settle()
    const records = await world.records(tess)
    const [, noted, ...after] = records
    expect(noted).toMatchObject({ kind: 'noted', cause: { type: 'terms.revoke', sender: 'client/eve' } })
    expect(after.map(({ kind, who }) => [kind, who.colleague])).toEqual([['refused', 'system']])
    await world.order(tess, 'terms.reinstate', {})
    await world.settle()
    await world.store.reinstate([tess])
    const task = await world.publish('brief', { amount: 6 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done' })
    expect((await world.records(tess)).at(-1)).toMatchObject({ who: { colleague: 'tess' } })
    const definition = world.team.colleagues['tess']?.duty
    if (definition === undefined) throw new Error('there is no tess')
    const again = restep(world.team, tess, definition, await world.store.read(tess), sha256)
    expect(again).toMatchObject({ kind: 'same' })
  })

  it('has its hands free afterwards, whatever it had open', async () => {
    const world = await World.begin()
    await world.order(tess, 'terms.stop', { because: 'so that its work stays open' })
    await world.publish('brief', { amount: 5 })
    await world.settle()
    await revoke(world)
    for (const type of ['terms.reinstate', 'terms.resume']) await world.order(tess, type, {})
    await world.store.reinstate([tess])
    const task = await world.publish('brief', { amount: 6 })
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done' })
  })

  it('is revoked by nobody whom no policy lets, and a job of another is not ended by a word', async () => {
    const world = await World.begin({ allows: ({ action }) => action !== 'stop' })
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    world.effects.play('pay', async ({ input, key }) => {
      begun.resolve()
      await goOn.promise
      return { ...(input as object), receipt: key }
    })
    await world.order(tess, 'terms.revoke', { because: 'an attack' })
    const task = await world.publish('brief', { amount: 5 })
    await begun.promise
    const [job = ''] = await openJobs(world)
    await endRevoked(world.intake, { job, record: 'r', by: 'mallory' })
    goOn.resolve()
    await world.settle()
    expect(await world.outcome(task)).toMatchObject({ status: 'done' })
    expect((await world.records(tess))[1]).toMatchObject({ kind: 'denied' })
    expect((await world.records(job)).map(({ kind }) => kind)).toContain('refused')
  })
})
