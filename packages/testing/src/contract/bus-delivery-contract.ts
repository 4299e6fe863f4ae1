import { describe, expect, it } from 'vitest'
import type { Able, OpenBus } from './bus-opened.ts'
import { ada, bob, BusScene, eventually, mail, task } from './bus-scene.ts'

/** What is handed over, to whom, and in which order. */
export function busDeliveryContract(open: OpenBus, able: Able): void {
  describe('delivery', () => {
    it('hands over a row as it was stored', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      const row = mail('m', {
        expiresAt: 1_900_000_000_000,
        payload: { text: 'Grüße 😀\u0000"', list: [1.5, null], 9: 1, 10: 2 },
      })
      await scene.send(row)
      await listener.hears('m')
      expect(listener.rows[0]).toEqual(row)
    })

    it('tells control messages by their type', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      await scene.send({ ...mail('m', { type: 'cancel' }), control: true })
      await listener.hears('m')
      expect(listener.rows[0]).toMatchObject({ type: 'cancel', control: true })
    })

    it('hands over to whoever listens for the partition of the recipient, and to nobody else', async () => {
      await using scene = await BusScene.open(open)
      const [adas, bobs, tasks] = [await scene.listen([ada]), await scene.listen([bob]), await scene.listen([task])]
      const from = { sender: ada }
      await scene.send(mail('a'), mail('b', { to: bob }), mail('t', { ...from, to: task }), mail('last', from))
      await Promise.all([adas.hears('a', 'last'), bobs.hears('b'), tasks.hears('t')])
    })

    it('hands over what is for a job with what is for its colleague', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      await scene.send(mail('m', { to: `${ada}/job/7` }))
      await listener.hears('m')
      expect(listener.rows[0]?.stream).toBe(`${ada}/job/7`)
    })

    it('hands over what is another actor’s concern now to that one', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen(['acme/team'])
      const row = { ...mail('m', { to: task }), stream: 'acme/team' }
      await scene.send(row)
      await listener.hears('m')
      expect(listener.rows[0]).toEqual(row)
    })

    it('keeps the order of one sender to one recipient when nothing fails', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      const ids = Array.from({ length: 300 }, (_, index) => `m${index}`)
      const calls = [ids.slice(0, 100), ids.slice(100, 101), ids.slice(101)]
      await Promise.all(calls.map((some) => scene.send(...some.map((id) => mail(id)))))
      await listener.hears(...ids)
      expect([...new Set(listener.ids)]).toEqual(ids)
    })

    it('takes senders of any name', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      const senders = ['ann@acme.test', 'a b', '*', '>', 'Grüße'].map((name) => `client/${name}`)
      await scene.send(...senders.map((sender) => mail(sender, { sender })))
      await listener.hears(...senders)
      expect(listener.rows.map(({ sender }) => sender).toSorted()).toEqual(senders.toSorted())
    })

    able('keeps')('hands over what was published before anybody listened', async () => {
      await using scene = await BusScene.open(open)
      await scene.send(mail('m'))
      const listener = await scene.listen([ada])
      await listener.hears('m')
    })

    able('processes')('brings from one process to another', async () => {
      await using scene = await BusScene.open(open)
      const there = await scene.listen([ada], { bus: await scene.another() })
      await scene.send(mail('m'))
      await there.hears('m')
      await eventually(() => expect(there.ids).toEqual(['m']))
    })
  })
}
