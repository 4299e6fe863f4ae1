import { streamName, type Definition, type Team } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { team } from '../kit/team.ts'
import { chainsOf, World } from '../kit/world.ts'

const brief = team.playbooks['brief'] as Team['playbooks'][string]
const next: Definition = { ...brief.definition, id: 'brief@2.0.0', digest: '2'.repeat(64) }
const laterTeam: Team = {
  ...team,
  playbooks: { ...team.playbooks, brief: { ...brief, version: '2.0.0', definition: next } },
}

/** A task that waits for the chief, in a store whose host has gone. */
async function begun(): Promise<{ readonly world: World; readonly task: string }> {
  const world = await World.begin()
  const task = await world.publish('brief', { amount: 500 })
  await world.settle()
  return { world, task }
}

describe('a task that began on an earlier version', () => {
  it('waits while that version is not here, and the others go on', async () => {
    const { world, task } = await begun()
    const later = new World({ team: laterTeam, store: world.store })
    await later.open()
    expect(await later.decideAll('approved')).toBe(1)
    await later.settle()
    const other = await later.publish('brief', { amount: 5 })
    await later.settle()
    expect(await later.outcome(other)).toMatchObject({ status: 'done' })
    expect(await later.outcome(task)).toMatchObject({ status: undefined })
    expect(later.seen.filter(({ kind }) => kind === 'stands-still')).toContainEqual({
      kind: 'stands-still',
      stream: streamName.task('acme', task),
      failure: expect.objectContaining({ code: 'definition-changed', path: 'brief@1.0.0' }) as never,
    })
    expect((await later.pending()).length).toBeGreaterThan(0)
  })

  it('ends on it as soon as it is loaded beside the new one', async () => {
    const { world, task } = await begun()
    const without = new World({ team: laterTeam, store: world.store })
    await without.open()
    await without.decideAll('approved')
    await without.settle()
    const former = { 'brief@1.0.0': brief.definition }
    const beside = new World({ team: { ...laterTeam, former }, store: world.store })
    await beside.open()
    await beside.settle()
    expect(await beside.outcome(task)).toMatchObject({ status: 'done' })
    const records = await beside.records(streamName.task('acme', task))
    expect(new Set(records.map(({ who }) => who.definition))).toEqual(new Set(['brief@1.0.0']))
    expect(await beside.pending()).toEqual([])
  })
})

describe('snapshots', () => {
  it('are a cache: with all of them deleted before each step, everything comes to the same', async () => {
    const play = async (forgetful: boolean): Promise<unknown> => {
      const world = await World.begin({ host: { snapshotEvery: 1, maxActors: 1 } })
      let deleted = 0
      for (const amount of [5, 500, 7]) {
        await world.publish('brief', { amount })
        await world.settle()
        if (forgetful) deleted += await world.store.deleteSnapshots()
        await world.decideAll('approved')
        if (forgetful) deleted += await world.store.deleteSnapshots()
        await world.settle()
      }
      expect(deleted > 0).toBe(forgetful)
      const heads = (await world.store.heads()).map(({ stream, version, hash }) => ({ stream, version, hash }))
      return { chains: await chainsOf(world), heads }
    }
    expect(await play(true)).toEqual(await play(false))
  })
})
