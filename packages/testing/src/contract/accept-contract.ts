import { amounts, nothing, type Acceptance } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

const task: Acceptance = { client: 'client/shop', key: 'invoice-1', answer: '{"task":"1"}', pending: [newMessage('m')] }

/** What comes from outside is remembered for good. */
export function acceptContract(open: OpenStore): void {
  describe('accept', () => {
    it('inserts what it brings and gives its answer', async () => {
      await using scene = await Scene.open(open)
      expect(await scene.store.accept(task)).toEqual({ kind: 'accepted', answer: '{"task":"1"}' })
      expect(await scene.pendingIds('acme/agent/ada')).toEqual(['m'])
    })

    it('gives the first answer to a second use of the key, and inserts nothing', async () => {
      await using scene = await Scene.open(open)
      await scene.store.accept(task)
      const again: Acceptance = {
        ...task,
        answer: '{"task":"2"}',
        pending: [newMessage('n')],
        grant: { budget: 'b', amounts: nothing },
      }
      expect(await scene.store.accept(again)).toEqual({ kind: 'duplicate', answer: '{"task":"1"}' })
      expect(await scene.pendingIds('acme/agent/ada')).toEqual(['m'])
      expect(await scene.store.budget('b')).toBeUndefined()
    })

    it('remembers the key after what it brought is consumed', async () => {
      await using scene = await Scene.open(open)
      await scene.store.accept(task)
      await scene.stored(scene.request({ cause: { id: 'm' } }))
      expect((await scene.store.accept(task)).kind).toBe('duplicate')
      expect(await scene.store.pendingOf('acme/agent/ada')).toEqual([])
    })

    it('keeps the keys of clients apart', async () => {
      await using scene = await Scene.open(open)
      const both = [
        { ...task, client: 'a', key: 'b/c', answer: '1', pending: [] },
        { ...task, client: 'a/b', key: 'c', answer: '2', pending: [] },
        { ...task, client: 'a', key: 'c', answer: '3', pending: [] },
      ]
      for (const acceptance of both) expect((await scene.store.accept(acceptance)).kind).toBe('accepted')
      for (const acceptance of both)
        expect(await scene.store.accept({ ...acceptance, answer: '4' })).toEqual({
          kind: 'duplicate',
          answer: acceptance.answer,
        })
    })

    it('accepts one of 16 that come at once, and gives all its answer', async () => {
      await using scene = await Scene.open(open)
      const callers = Array.from({ length: 16 }, (_, index) => ({
        ...task,
        answer: `{"task":"${index}"}`,
        pending: [newMessage(`m-${index}`)],
      }))
      const results = await Promise.all(callers.map((caller) => scene.store.accept(caller)))
      const first = results.find(({ kind }) => kind === 'accepted')
      expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(1)
      expect(new Set(results.map(({ answer }) => answer))).toEqual(new Set([first?.answer]))
      expect(await scene.store.pendingOf('acme/agent/ada')).toHaveLength(1)
    })

    it('opens the budget of a task', async () => {
      await using scene = await Scene.open(open)
      const granted = amounts({ tokens: 1000, costMicroUsd: 5_000_000 })
      await scene.store.accept({ ...task, grant: { budget: 'task/1', amounts: granted } })
      expect(await scene.store.budget('task/1')).toEqual({ id: 'task/1', granted, held: nothing, used: nothing })
    })

    it('is not in the records: what it brings is', async () => {
      await using scene = await Scene.open(open)
      await scene.store.accept(task)
      expect(await scene.store.readAll(0)).toEqual([])
    })
  })
}
