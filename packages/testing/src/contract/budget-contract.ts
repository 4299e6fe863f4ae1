import { amounts, nothing, type Amounts, type AppendRequest, type LimitId } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import type { Scene } from './scene.ts'
import { grant, hold, raise, settle, Treasury } from './treasury.ts'

/** Holding and settling against one grant. */
export function budgetContract(open: OpenStore): void {
  describe('budget', () => {
    it('opens with what was granted', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      expect(await treasury.budget()).toEqual({
        id: 'task',
        granted: amounts({ tokens: 100 }),
        held: nothing,
        used: nothing,
      })
    })

    it('is unknown until it is granted', async () => {
      await using treasury = await Treasury.open(open, {})
      expect(await treasury.scene.store.budget('other')).toBeUndefined()
    })

    it('keeps its first grant when it is granted again', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('task', null, { tokens: 7 }))
      expect((await treasury.budget())?.granted.tokens).toBe(100)
    })

    it('sets aside what is held, up to the limit itself', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100, toolCalls: 2 })
      expect(await treasury.change(hold('a', { tokens: 60, toolCalls: 1 }), hold('b', { tokens: 40 }))).toBe('appended')
      expect((await treasury.budget())?.held).toEqual(amounts({ tokens: 100, toolCalls: 1 }))
    })

    it('sets a hold aside once', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('a', { tokens: 60 }))
      expect(await treasury.change(hold('a', { tokens: 60 }))).toBe('appended')
      expect((await treasury.budget())?.held).toEqual(amounts({ tokens: 60 }))
    })

    it('refuses a hold beyond the limit, naming limit and budget, and sets nothing aside', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('a', { tokens: 60 }))
      expect(await treasury.change(hold('b', { tokens: 41 }))).toEqual({
        kind: 'over-limit',
        limit: 'tokens',
        budget: 'task',
      })
      expect((await treasury.budget())?.held).toEqual(amounts({ tokens: 60 }))
    })

    it.each<[Partial<Amounts>, LimitId]>([
      [{ costMicroUsd: 2, tokens: 2, modelCalls: 2, toolCalls: 2 }, 'costMicroUsd'],
      [{ tokens: 2, modelCalls: 2, toolCalls: 2 }, 'tokens'],
      [{ modelCalls: 2, toolCalls: 2 }, 'modelCalls'],
      [{ toolCalls: 2 }, 'toolCalls'],
    ])('names the first limit in the way of %j', async (wanted, limit) => {
      await using treasury = await Treasury.open(open, { costMicroUsd: 1, tokens: 1, modelCalls: 1, toolCalls: 1 })
      expect(await treasury.change(hold('a', wanted))).toMatchObject({ kind: 'over-limit', limit })
    })

    it('refuses a hold against what was never granted', async () => {
      await using treasury = await Treasury.open(open, {})
      expect(await treasury.change(hold('a', { toolCalls: 1 }, 'other'))).toEqual({
        kind: 'over-limit',
        limit: 'toolCalls',
        budget: 'other',
      })
    })

    it('makes all changes of a request or none', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('old', { tokens: 10 }))
      expect(
        await treasury.change(settle('old', { tokens: 5 }), hold('a', { tokens: 50 }), hold('b', { tokens: 46 })),
      ).toMatchObject({
        limit: 'tokens',
      })
      expect(await treasury.budget()).toMatchObject({ held: amounts({ tokens: 10 }), used: nothing })
    })

    it('replaces a hold by what was used, and frees the rest', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('a', { tokens: 100 }))
      await treasury.change(settle('a', { tokens: 30 }))
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 30 }) })
      expect(await treasury.change(hold('b', { tokens: 70 }))).toBe('appended')
    })

    it('can hold in the same request what a settlement frees', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('a', { tokens: 100 }))
      expect(await treasury.change(settle('a', { tokens: 40 }), hold('b', { tokens: 60 }))).toBe('appended')
      expect(await treasury.budget()).toMatchObject({ held: amounts({ tokens: 60 }), used: amounts({ tokens: 40 }) })
    })

    it('counts what was used beyond a hold, all the same', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('a', { tokens: 90 }))
      expect(await treasury.change(settle('a', { tokens: 250 }))).toBe('appended')
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 250 }) })
      expect(await treasury.change(hold('b', { tokens: 1 }))).toMatchObject({ kind: 'over-limit', limit: 'tokens' })
    })

    it('settles a hold once', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(hold('a', { tokens: 50 }), hold('b', { tokens: 10 }))
      await treasury.change(settle('a', { tokens: 30 }))
      expect(await treasury.change(settle('a', { tokens: 30 }), settle('never held', { tokens: 30 }))).toBe('appended')
      expect(await treasury.budget()).toMatchObject({ held: amounts({ tokens: 10 }), used: amounts({ tokens: 30 }) })
    })

    it('counts amounts beyond 32 bits exactly', async () => {
      await using treasury = await Treasury.open(open, { costMicroUsd: 9_007_199_254_740_000 })
      await treasury.change(hold('a', { costMicroUsd: 9_007_199_254_739_999 }))
      expect((await treasury.budget())?.held.costMicroUsd).toBe(9_007_199_254_739_999)
      expect(await treasury.change(hold('b', { costMicroUsd: 2 }))).toMatchObject({
        kind: 'over-limit',
        limit: 'costMicroUsd',
      })
    })

    it('goes on after a person raised it, and the cause has waited', async () => {
      await using treasury = await Treasury.open(open, { tokens: 10 })
      const { scene } = treasury
      await scene.bring(newMessage('m'))
      const request = scene.request({ cause: { id: 'm' }, budget: [hold('a', { tokens: 20 })] })
      expect(await scene.append(request)).toMatchObject([{ kind: 'over-limit' }])
      await treasury.change(raise({ tokens: 15, toolCalls: 1 }))
      expect((await treasury.budget())?.granted).toEqual(amounts({ tokens: 25, toolCalls: 1 }))
      await scene.stored(request)
    })
  })

  describe('budget under 64 callers at once', () => {
    const streams = Array.from({ length: 64 }, (_, index) => `acme/agent/colleague-${index}`)
    const request = (scene: Scene, stream: string): AppendRequest =>
      scene.request({ stream, budget: [hold(stream, { tokens: 10, toolCalls: 1 })] })

    it('is not overspent by 64 calls', async () => {
      await using treasury = await Treasury.open(open, { tokens: 405, toolCalls: 64 })
      const results = (
        await Promise.all(streams.map((stream) => treasury.scene.append(request(treasury.scene, stream))))
      ).flat()
      expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(40)
      expect(results.filter(({ kind }) => kind === 'over-limit')).toHaveLength(24)
      expect((await treasury.budget())?.held).toEqual(amounts({ tokens: 400, toolCalls: 40 }))
    })

    it('is not overspent by 64 requests of one call', async () => {
      await using treasury = await Treasury.open(open, { tokens: 405, toolCalls: 64 })
      const results = await treasury.scene.append(...streams.map((stream) => request(treasury.scene, stream)))
      expect(results.map(({ kind }) => kind)).toEqual(
        streams.map((_, index) => (index < 40 ? 'appended' : 'over-limit')),
      )
      expect((await treasury.budget())?.held).toEqual(amounts({ tokens: 400, toolCalls: 40 }))
    })
  })
}
