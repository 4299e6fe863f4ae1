import { partitionOf, type Delivery } from '@roster/core'
import { describe, expect, it } from 'vitest'
import type { Able, OpenBus } from './bus-opened.ts'
import { ada, bob, BusScene, eventually, mail } from './bus-scene.ts'

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `m${index}`)

/** Several who listen, and who stop. */
export function busSubscriptionContract(open: OpenBus, able: Able): void {
  describe('subscription', () => {
    it('of several to one partition leaves nothing to nobody', async () => {
      await using scene = await BusScene.open(open)
      const listeners = [await scene.listen([ada]), await scene.listen([ada])]
      await scene.send(...numbered(50).map((id) => mail(id)))
      await eventually(() => {
        const heard = new Set(listeners.flatMap(({ ids }) => ids))
        expect(heard.size).toBe(50)
      })
    })

    it('that is closed hears nothing more', async () => {
      await using scene = await BusScene.open(open)
      const [first, other] = [await scene.listen([ada]), await scene.listen([bob])]
      await scene.send(mail('before'))
      await first.hears('before')
      await first.close()
      const second = await scene.listen([ada])
      await scene.send(mail('after'), mail('b', { to: bob }))
      await Promise.all([second.hears('after'), other.hears('b')])
      expect(first.ids).toEqual(['before'])
    })

    it('may be closed twice', async () => {
      await using scene = await BusScene.open(open)
      const listener = await scene.listen([ada])
      await listener.close()
      await expect(listener.close()).resolves.toBeUndefined()
    })

    able('repeats')('hears what a closed one did not acknowledge', async () => {
      await using scene = await BusScene.open(open)
      const first = await scene.listen([ada], { acknowledges: false })
      await scene.send(mail('m'))
      await first.hears('m')
      await first.close()
      const second = await scene.listen([ada])
      scene.outlast()
      await second.hears('m')
    })

    able('processes')('passes from one process to another while messages come', async () => {
      await using scene = await BusScene.open(open)
      const first = await scene.listen([ada])
      const ids = numbered(100)
      await scene.send(...ids.slice(0, 50).map((id) => mail(id)))
      const second = await scene.listen([ada], { bus: await scene.another() })
      await first.close()
      await scene.send(...ids.slice(50).map((id) => mail(id)))
      await eventually(() => expect(new Set([...first.ids, ...second.ids]).size).toBe(100))
    })

    it('goes on after its listener has thrown', async () => {
      await using scene = await BusScene.open(open)
      const heard: string[] = []
      const take = ({ row, acknowledge }: Delivery): void => {
        heard.push(row.id)
        acknowledge()
        if (row.id === 'bad') throw new Error('a defect of the listener')
      }
      await scene.bus.subscribe(partitionOf(ada), take)
      await scene.send(mail('bad'), mail('good'))
      await eventually(() => expect(heard).toContain('good'))
    })
  })
}
