import { amounts, nothing } from '@roster/core'
import { describe, expect, it } from 'vitest'
import type { OpenStore } from './opened-store.ts'
import { close, grant, hold, settle, Treasury } from './treasury.ts'

/** Budgets that take from a parent and give the rest back. */
export function budgetTreeContract(open: OpenStore): void {
  describe('budget of a part', () => {
    it('takes its grant from its parent, which holds it', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100, toolCalls: 3 })
      await treasury.change(grant('job', 'task', { tokens: 60, toolCalls: 1 }))
      expect(await treasury.budget()).toMatchObject({ held: amounts({ tokens: 60, toolCalls: 1 }), used: nothing })
      expect(await treasury.budget('job')).toEqual({
        id: 'job',
        granted: amounts({ tokens: 60, toolCalls: 1 }),
        held: nothing,
        used: nothing,
      })
    })

    it('is refused when its parent has not enough, naming the parent', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job-1', 'task', { tokens: 60 }))
      expect(await treasury.change(grant('job-2', 'task', { tokens: 41 }))).toEqual({
        kind: 'over-limit',
        limit: 'tokens',
        budget: 'task',
      })
      expect(await treasury.budget('job-2')).toBeUndefined()
      expect((await treasury.budget())?.held.tokens).toBe(60)
    })

    it('is refused when its parent was never granted', async () => {
      await using treasury = await Treasury.open(open, {})
      expect(await treasury.change(grant('job', 'nobody', { tokens: 1 }))).toEqual({
        kind: 'over-limit',
        limit: 'tokens',
        budget: 'nobody',
      })
    })

    it('takes from its parent once', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }))
      expect(await treasury.change(grant('job', 'task', { tokens: 60 }))).toBe('appended')
      expect((await treasury.budget())?.held.tokens).toBe(60)
    })

    it('leaves its parent alone while it is spent', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }), hold('a', { tokens: 50 }, 'job'))
      await treasury.change(settle('a', { tokens: 20 }, 'job'))
      expect(await treasury.budget()).toMatchObject({ held: amounts({ tokens: 60 }), used: nothing })
      expect(await treasury.budget('job')).toMatchObject({ held: nothing, used: amounts({ tokens: 20 }) })
    })

    it('may be opened and held against in one request', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      expect(
        await treasury.change(grant('job', 'task', { tokens: 60 }), hold('a', { tokens: 61 }, 'job')),
      ).toMatchObject({ budget: 'job' })
      expect(await treasury.budget('job')).toBeUndefined()
      expect((await treasury.budget())?.held).toEqual(nothing)
    })
  })

  describe('close of a budget', () => {
    it('gives the rest back to the parent, which counts what was used', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }), hold('a', { tokens: 50 }, 'job'))
      await treasury.change(settle('a', { tokens: 20 }, 'job'), close('job'))
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 20 }) })
      expect(await treasury.change(hold('b', { tokens: 80 }))).toBe('appended')
    })

    it('counts what is still held as used, to the maximum', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }), hold('a', { tokens: 50 }, 'job'))
      await treasury.change(close('job'))
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 50 }) })
    })

    it('counts what was used beyond the grant', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }), hold('a', { tokens: 60 }, 'job'))
      await treasury.change(settle('a', { tokens: 75 }, 'job'), close('job'))
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 75 }) })
    })

    it('happens once', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(
        grant('job', 'task', { tokens: 60 }),
        grant('other', 'task', { tokens: 30 }),
        hold('a', { tokens: 50 }, 'job'),
      )
      await treasury.change(close('job'))
      expect(await treasury.change(close('job'), close('never was'))).toBe('appended')
      expect(await treasury.budget()).toMatchObject({ held: amounts({ tokens: 30 }), used: amounts({ tokens: 50 }) })
    })

    it('makes a late settlement pointless', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }), hold('a', { tokens: 50 }, 'job'))
      await treasury.change(close('job'))
      expect(await treasury.change(settle('a', { tokens: 20 }, 'job'))).toBe('appended')
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 50 }) })
    })

    it('leaves nothing to hold', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }))
      await treasury.change(close('job'))
      expect(await treasury.change(hold('a', { tokens: 1 }, 'job'))).toEqual({
        kind: 'over-limit',
        limit: 'tokens',
        budget: 'job',
      })
    })

    it('carries what was used from part to part, up to the whole', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(
        grant('job', 'task', { tokens: 60 }),
        grant('ask', 'job', { tokens: 30 }),
        hold('a', { tokens: 10 }, 'ask'),
      )
      await treasury.change(settle('a', { tokens: 7 }, 'ask'), close('ask'))
      expect(await treasury.budget('job')).toMatchObject({ held: nothing, used: amounts({ tokens: 7 }) })
      await treasury.change(close('job'))
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 7 }) })
    })

    it('counts a part that is still open as used, to its whole grant', async () => {
      await using treasury = await Treasury.open(open, { tokens: 100 })
      await treasury.change(grant('job', 'task', { tokens: 60 }), grant('ask', 'job', { tokens: 30 }))
      await treasury.change(close('job'))
      await treasury.change(close('ask'))
      expect(await treasury.budget()).toMatchObject({ held: nothing, used: amounts({ tokens: 30 }) })
    })
  })
}
