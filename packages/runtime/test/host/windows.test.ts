import { windowBudget, type Team, type Window } from '@roster/core'
import { crashPoints, isCrash, type CrashOrders } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { team as acme } from '../kit/team.ts'
import { World } from '../kit/world.ts'

const window: Window = { perMs: 86_400_000, amounts: { toolCalls: 20 } }
const team: Team = { ...acme, window }

/** What the window of the present stretch was granted, and holds and has used, in tool calls; and how many were made. */
async function spent(world: World) {
  const budget = await world.store.budget(windowBudget('team', window, world.clock.now()))
  const made = new Set(world.effects.calls.filter(({ skill }) => skill === 'use').map(({ key }) => key)).size
  const { granted, held, used } = budget ?? { granted: undefined, held: undefined, used: undefined }
  return { granted: granted?.toolCalls, counted: (held?.toolCalls ?? 0) + (used?.toolCalls ?? 0), made }
}

async function play(world: World): Promise<void> {
  await world.load()
  for (let amount = 1; amount <= 64; amount += 1) await world.publish('brief', { amount }, `task ${amount}`)
  await world.settle()
}

/** 64 tasks at once, in a host that dies as ordered, and the same again in the host that comes after it. */
async function crowd(orders: CrashOrders): Promise<World> {
  const world = new World({ team })
  const dying = await world.open({ store: crashPoints(world.store, orders) })
  await play(world).catch((error: unknown) => {
    if (!isCrash(error)) throw error
  })
  world.bury(dying)
  await world.open()
  await play(world)
  return world
}

describe('a window under 64 tasks at once', () => {
  it('is spent to the last call and not beyond it', async () => {
    expect(await spent(await crowd({}))).toEqual({ granted: 20, counted: 20, made: 20 })
  })

  it.each([1, 3, 20, 60, 100, 150, 200])('is not overspent when the host dies at its append %i', async (count) => {
    for (const point of ['before-append', 'after-append'] as const) {
      const world = await crowd({ [point]: count })
      const { counted, made } = await spent(world)
      expect(counted, point).toBeLessThanOrEqual(20)
      expect(made, point).toBeLessThanOrEqual(20)
      expect(made, point).toBeGreaterThan(15)
    }
  })
})
