import { partitionOf } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newEffect, newMessage, newTimer } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { longLease, Scene, shortLease } from './scene.ts'

const ada = 'acme/agent/ada'
const adas = [partitionOf(ada)]

/** Effects are leased to one runner at a time. */
export function effectContract(open: OpenStore): void {
  describe('effect', () => {
    it('is not shown while it is leased to whoever inserted it', async () => {
      await using scene = await Scene.open(open)
      await scene.stored(scene.request({ pending: [newEffect('e', { lease: { token: 'mine', ms: longLease } })] }))
      expect(await scene.store.pendingIn(adas, { dueBy: 0 })).toEqual([])
      expect(await scene.pendingIds(ada)).toEqual(['e'])
    })

    it('is shown once its lease has passed', async () => {
      await using scene = await Scene.open(open)
      await scene.stored(scene.request({ pending: [newEffect('e', { lease: { token: 'mine', ms: shortLease } })] }))
      await scene.eventually(async () =>
        expect(await scene.store.pendingIn(adas, { dueBy: 0 })).toMatchObject([{ id: 'e', kind: 'effect' }]),
      )
    })

    it('is taken by nobody else while it is leased', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: longLease } }))
      expect(await scene.store.leaseEffects(['e'], 'yours', longLease)).toEqual([])
    })

    it('is taken over once its lease has passed, under the new token', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: shortLease } }))
      await scene.eventually(async () =>
        expect(await scene.store.leaseEffects(['e'], 'yours', longLease)).toEqual(['e']),
      )
      expect(await scene.store.pendingIn(adas, { dueBy: 0 })).toEqual([])
      expect((await scene.store.pendingOf(ada))[0]?.lease?.token).toBe('yours')
    })

    it('is taken at once when it is nobody’s', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e'), newEffect('f'))
      expect((await scene.store.leaseEffects(['f', 'e', 'gone'], 'mine', longLease)).toSorted()).toEqual(['e', 'f'])
    })

    it('stays with the token that has it when that asks again', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: longLease } }))
      expect(await scene.store.leaseEffects(['e'], 'mine', longLease)).toEqual(['e'])
    })

    it('is the only kind that is leased', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newMessage('m'), newTimer('t'))
      expect(await scene.store.leaseEffects(['m', 't'], 'mine', longLease)).toEqual([])
    })

    it('goes to one of 8 runners that want it at once', async () => {
      await using scene = await Scene.open(open)
      const effects = Array.from({ length: 10 }, (_, index) => `e-${index}`)
      await scene.bring(...effects.map((id) => newEffect(id)))
      const runners = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? effects : effects.toReversed()))
      const taken = await Promise.all(
        runners.map((ids, index) => scene.store.leaseEffects(ids, `runner-${index}`, longLease)),
      )
      expect(taken.flat().toSorted()).toEqual(effects)
    })
  })

  describe('attempt of an effect that cannot be repeated', () => {
    it('is the first, then another', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: longLease } }))
      expect([await scene.store.markAttempted('e', 'mine'), await scene.store.markAttempted('e', 'mine')]).toEqual([
        'first',
        'again',
      ])
    })

    it('is known to the runner that takes over', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: shortLease } }))
      expect(await scene.store.markAttempted('e', 'mine')).toBe('first')
      await scene.eventually(async () =>
        expect(await scene.store.leaseEffects(['e'], 'yours', longLease)).toEqual(['e']),
      )
      expect([await scene.store.markAttempted('e', 'mine'), await scene.store.markAttempted('e', 'yours')]).toEqual([
        'fenced',
        'again',
      ])
    })

    it('is fenced under another token, and leaves no mark', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: longLease } }))
      expect([await scene.store.markAttempted('e', 'yours'), await scene.store.markAttempted('e', 'mine')]).toEqual([
        'fenced',
        'first',
      ])
    })

    it('is fenced when the effect is gone or nobody’s', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('nobody’s'))
      expect([
        await scene.store.markAttempted('gone', 'mine'),
        await scene.store.markAttempted('nobody’s', 'mine'),
      ]).toEqual(['fenced', 'fenced'])
    })
  })
}
