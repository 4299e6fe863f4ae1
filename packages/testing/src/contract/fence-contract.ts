import { amounts, partitionCount, partitionOf, system, type Fence } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { appendRequest } from '../record/append-request.ts'
import { newEffect } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { longLease, Scene, shortLease } from './scene.ts'

const stream = 'acme/agent/ada'

/** Who may append: epochs of partitions, tokens of effects, revocation, and the order of the checks. */
export function fenceContract(open: OpenStore): void {
  describe('fence', () => {
    it('refuses an epoch over which another has claimed', async () => {
      await using scene = await Scene.open(open)
      await scene.store.release('host-1')
      const [now] = (await scene.store.claim('host-2', longLease)).filter(
        ({ partition }) => partition === partitionOf(stream),
      ) as [Fence]
      expect(await scene.append(scene.request())).toEqual([{ kind: 'fenced' }])
      await scene.stored(scene.request({ fence: now }))
    })

    it('refuses an epoch that was never given', async () => {
      await using scene = await Scene.open(open)
      const { partition, epoch } = scene.fence(stream)
      expect(await scene.append(scene.request({ fence: { partition, epoch: epoch + 1 } }))).toEqual([
        { kind: 'fenced' },
      ])
    })

    it('refuses the fence of another partition', async () => {
      await using scene = await Scene.open(open)
      const other = Array.from({ length: partitionCount }, (_, index) => `acme/agent/${index}`).find(
        (name) => partitionOf(name) !== partitionOf(stream),
      )
      expect(await scene.append(scene.request({ fence: scene.fence(other ?? '') }))).toEqual([{ kind: 'fenced' }])
    })

    it('asks none of a task under a coordinator', async () => {
      await using scene = await Scene.open(open)
      await scene.stored(appendRequest({ stream: 'acme/task/1', fence: null }))
    })

    it('holds after its lease has passed, until another claims', async () => {
      await using scene = await Scene.unowned(open)
      const fences = await scene.store.claim('host-1', shortLease)
      scene.opened.advance?.(shortLease + 1)
      const fence = fences.find(({ partition }) => partition === partitionOf(stream)) as Fence
      expect(await scene.append(appendRequest({ fence }))).toEqual([{ kind: 'appended', version: 1, position: 1 }])
    })

    it('refuses the outcome of an effect under another token', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'mine', ms: longLease } }))
      expect(await scene.append(scene.request({ cause: { id: 'e', lease: 'yours' } }))).toEqual([{ kind: 'fenced' }])
      await scene.stored(scene.request({ cause: { id: 'e', lease: 'mine' } }))
    })

    it('refuses the outcome of an effect that is not leased, under any token', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e'))
      expect(await scene.append(scene.request({ cause: { id: 'e', lease: 'mine' } }))).toEqual([{ kind: 'fenced' }])
    })

    it('refuses a late outcome of an effect that another has taken over', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'first', ms: shortLease } }))
      await scene.eventually(async () =>
        expect(await scene.store.leaseEffects(['e'], 'second', longLease)).toEqual(['e']),
      )
      expect(await scene.append(scene.request({ cause: { id: 'e', lease: 'first' } }))).toEqual([{ kind: 'fenced' }])
      await scene.stored(scene.request({ cause: { id: 'e', lease: 'second' } }))
    })

    it('takes a late outcome of an effect that nobody has taken over', async () => {
      await using scene = await Scene.open(open)
      await scene.bring(newEffect('e', { lease: { token: 'first', ms: shortLease } }))
      const everywhere = { dueBy: 0 }
      await scene.eventually(async () =>
        expect(await scene.store.pendingIn([partitionOf(stream)], everywhere)).toHaveLength(1),
      )
      await scene.stored(scene.request({ cause: { id: 'e', lease: 'first' } }))
    })

    it('refuses a revoked stream, and no other', async () => {
      await using scene = await Scene.open(open)
      const [ada, bob] = [scene.request(), scene.request({ stream: 'acme/agent/bob' })]
      await scene.stored(ada, bob)
      await scene.store.revoke([stream])
      expect(
        await scene.append(
          scene.request({ after: ada.record }),
          scene.request({ stream: bob.stream, after: bob.record }),
        ),
      ).toEqual([{ kind: 'fenced' }, { kind: 'appended', version: 2, position: 3 }])
      expect(await scene.store.head(stream)).toMatchObject({ version: 1, revoked: true })
    })

    it('takes what the system does about a revoked stream, and everything again once it is reinstated', async () => {
      await using scene = await Scene.open(open)
      const hired = scene.request()
      await scene.stored(hired)
      await scene.store.revoke([stream, 'acme/agent/nobody'])
      const who = { colleague: system, definition: 'ada@1', digest: 'ada@1' }
      const ended = scene.request({ after: hired.record, envelope: { who } })
      await scene.stored(ended)
      expect(await scene.store.head(stream)).toMatchObject({ version: 2, revoked: true })
      expect(await scene.append(scene.request({ after: ended.record }))).toEqual([{ kind: 'fenced' }])
      await scene.store.reinstate([stream])
      await scene.stored(scene.request({ after: ended.record }))
      expect(await scene.store.head(stream)).toMatchObject({ version: 3, revoked: false })
    })
  })

  describe('order of the checks', () => {
    const stale = { partition: partitionOf(stream), epoch: 99_999 }

    it('asks for the cause before the fence', async () => {
      await using scene = await Scene.open(open)
      expect(
        await scene.append(scene.request({ cause: { id: 'gone', lease: 'mine' }, fence: stale, expected: 7 })),
      ).toEqual([{ kind: 'duplicate', version: 0 }])
    })

    it('asks for the fence before the version', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.append(scene.request({ fence: stale, expected: 7 }))).toEqual([{ kind: 'fenced' }])
    })

    it('asks for the version before the limit', async () => {
      await using scene = await Scene.open(open)
      const budget = [{ kind: 'hold', budget: 'none', hold: 'h', amounts: amounts({ tokens: 1 }) }] as const
      expect(await scene.append(scene.request({ expected: 7, budget }))).toEqual([{ kind: 'conflict', actual: 0 }])
    })

    it('keeps that order for a later request of a stream that was refused', async () => {
      await using scene = await Scene.open(open)
      const request = scene.request({ expected: 7 })
      const results = await scene.append(request, { ...request, cause: { id: 'gone' } }, { ...request, fence: stale })
      expect(results).toEqual([{ kind: 'conflict', actual: 0 }, { kind: 'duplicate', version: 0 }, { kind: 'fenced' }])
    })
  })
}
