import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** What was acknowledged is there after a power cut. */
export function powerLossContract(open: OpenStore): void {
  describe('power cut', () => {
    it('loses nothing that was acknowledged', async () => {
      await using scene = await Scene.open(open)
      const { cutPower } = scene.opened
      if (cutPower === undefined) throw new Error('the capability power-loss needs `cutPower` beside the opened store')
      await scene.bring(newMessage('c'), newMessage('waits'))
      const request = scene.request({ cause: { id: 'c' }, pending: [newMessage('next')] })
      await scene.stored(request)

      await using store = await cutPower()
      expect(await store.readAll(0)).toEqual([{ ...request.record, position: 1 }])
      expect((await store.pendingOf('acme/agent/ada')).map(({ id }) => id)).toEqual(['waits', 'next'])
      expect(await store.append([request])).toEqual([{ kind: 'duplicate', version: 1 }])
    })
  })
}
