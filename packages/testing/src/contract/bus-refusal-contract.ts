import { describe, expect, it } from 'vitest'
import type { OpenBus } from './bus-opened.ts'
import { ada, BusScene, mail } from './bus-scene.ts'

/** What a bus does not carry. */
export function busRefusalContract(open: OpenBus): void {
  describe('refusal', () => {
    it('names a message of more than 64 KiB, and carries the others of the call', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      const sending = scene.send(mail('first'), mail('huge', { payload: 'x'.repeat(70_000) }), mail('last'))
      await expect(sending).rejects.toMatchObject({
        code: 'message-too-large',
        message: expect.stringContaining('huge'),
      })
      await listener.hears('first', 'last')
    })

    it('does not meet a message of just 64 KiB', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      const room = 65_536 - Buffer.byteLength(mail('full', { payload: '' }).body)
      const row = mail('full', { payload: 'x'.repeat(room) })
      expect(Buffer.byteLength(row.body)).toBe(65_536)
      await scene.send(row)
      await listener.hears('full')
      expect(listener.rows[0]).toEqual(row)
    })

    it('does not meet a call without messages', async () => {
      await using scene = await BusScene.open(open)
      await expect(scene.send()).resolves.toBeUndefined()
    })
  })
}
