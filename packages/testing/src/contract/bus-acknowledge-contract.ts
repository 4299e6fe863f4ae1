import { describe, expect, it } from 'vitest'
import type { Able, OpenBus } from './bus-opened.ts'
import { ada, BusScene, eventually, mail } from './bus-scene.ts'

/** What comes again, and what does not. */
export function busAcknowledgeContract(open: OpenBus, able: Able): void {
  describe('acknowledgement', () => {
    able('repeats')('makes the bus forget: only what has none comes again', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada], { acknowledges: false })
      await scene.send(mail('kept'), mail('forgotten'))
      await listener.hears('kept', 'forgotten')
      listener.deliveries.find(({ row }) => row.id === 'forgotten')?.acknowledge()
      scene.outlast()
      await eventually(() => expect(listener.ids.filter((id) => id === 'kept').length).toBeGreaterThan(1))
      expect(listener.ids.filter((id) => id === 'forgotten')).toHaveLength(1)
    })

    able('repeats')('that comes late, or twice, harms nobody', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada], { acknowledges: false })
      await scene.send(mail('m'))
      await listener.hears('m')
      scene.outlast()
      await eventually(() => expect(listener.ids.length).toBeGreaterThan(1))
      for (const delivery of [...listener.deliveries, ...listener.deliveries]) delivery.acknowledge()
      await scene.send(mail('n'))
      await listener.hears('m', 'n')
    })

    it('does not keep what is sent again under a new number from coming', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      for (const resend of [0, 1, 2]) {
        await scene.resend(resend, mail('m'))
        await eventually(() => expect(listener.ids).toHaveLength(resend + 1))
      }
    })

    it('may be all that a repetition under the same number gets', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      await scene.resend(1, mail('m'))
      await scene.resend(1, mail('m'))
      await scene.send(mail('n'))
      await listener.hears('m', 'n')
    })
  })
}
