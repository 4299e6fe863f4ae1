import { streamName, type Acceptance, type QueueLimits } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

const limits: QueueLimits = { team: 100, requester: 100, playbooks: {}, otherwise: 100 }

interface Queued {
  readonly playbook?: string
  readonly requester?: string
  readonly priority?: number
}

function task(id: string, { playbook = 'pay', requester = 'shop', priority = 5 }: Queued = {}): Acceptance {
  const row = newMessage(id, {
    stream: streamName.task('acme', id),
    sender: streamName.client(requester),
    type: 'task',
  })
  return { client: requester, key: id, answer: `"${id}"`, pending: [row], queue: { playbook, requester, priority } }
}

/** Tasks wait for room, and are let in by priority and age. */
export function queueContract(open: OpenStore): void {
  describe('queue', () => {
    it('keeps a task out of what is pending until it is let in', async () => {
      await using scene = await Scene.open(open)
      const accepted = task('t1', { priority: 7 })
      expect(await scene.store.accept(accepted)).toEqual({ kind: 'accepted', answer: '"t1"' })
      expect(await scene.store.pendingOf('acme/task/t1')).toEqual([])
      const [queued] = await scene.store.queued()
      expect(queued).toMatchObject({ stream: 'acme/task/t1', playbook: 'pay', requester: 'shop', priority: 7 })
      expect(queued?.row).toEqual(accepted.pending[0])

      expect(await scene.store.admit(limits)).toEqual({ rows: accepted.pending, queued: 0 })
      expect(await scene.pendingIds('acme/task/t1')).toEqual(['t1'])
      expect(await scene.store.queued()).toEqual([])
      expect(await scene.store.admit(limits)).toEqual({ rows: [], queued: 0 })
    })

    it('queues a task once, however often it is published', async () => {
      await using scene = await Scene.open(open)
      await scene.store.accept(task('t1'))
      expect(await scene.store.accept({ ...task('t2'), key: 't1' })).toEqual({ kind: 'duplicate', answer: '"t1"' })
      expect((await scene.store.queued()).map(({ stream }) => stream)).toEqual(['acme/task/t1'])
    })

    it('lets in the most urgent first, and of those the oldest', async () => {
      await using scene = await Scene.open(open)
      await bring(scene, task('late', { priority: 1 }), task('a'), task('urgent', { priority: 9 }), task('b'))
      const order = ['urgent', 'a', 'b', 'late']
      expect((await scene.store.queued()).map(({ row }) => row.id)).toEqual(order)
      expect(await admitted(scene, { ...limits, team: 3 })).toEqual(order.slice(0, 3))
      expect((await scene.store.admit({ ...limits, team: 3 })).queued).toBe(1)
    })

    it('keeps to the limit of a playbook, and lets others pass', async () => {
      await using scene = await Scene.open(open)
      await bring(scene, task('p1'), task('p2'), task('p3'), task('b1', { playbook: 'brief', priority: 0 }))
      expect(await admitted(scene, { ...limits, playbooks: { pay: 2 } })).toEqual(['p1', 'p2', 'b1'])
      expect(await admitted(scene, { ...limits, playbooks: { pay: 2 } })).toEqual([])
    })

    it('keeps to the limit of each requester, and lets others pass', async () => {
      await using scene = await Scene.open(open)
      await bring(scene, task('s1'), task('s2'), task('d1', { requester: 'desk' }), task('d2', { requester: 'desk' }))
      expect(await admitted(scene, { ...limits, requester: 1 })).toEqual(['s1', 'd1'])
    })

    it('lets the next one in when one has ended, whether or not it is told so', async () => {
      await using scene = await Scene.open(open)
      const two = { ...limits, team: 2 }
      await bring(scene, task('t1'), task('t2'), task('t3'), task('t4'))
      expect(await admitted(scene, two)).toEqual(['t1', 't2'])
      await end(scene, 't1')
      expect((await scene.store.admit(two, { ended: ['acme/task/t1', 'acme/task/t2'] })).rows).toHaveLength(1)
      await end(scene, 't2')
      expect(await admitted(scene, two)).toEqual(['t4'])
    })

    it('does not take for ended what is only said to have', async () => {
      await using scene = await Scene.open(open)
      await bring(scene, task('t1'), task('t2'))
      expect(await admitted(scene, { ...limits, team: 1 })).toEqual(['t1'])
      const told = { ended: ['acme/task/t1'], sweep: true }
      expect(await scene.store.admit({ ...limits, team: 1 }, told)).toEqual({ rows: [], queued: 1 })
    })

    it('takes out what is withdrawn, once, and makes something else pending instead', async () => {
      await using scene = await Scene.open(open)
      await bring(scene, task('t1'), task('t2'))
      const stream = 'acme/task/t1'
      const row = newMessage('t1', { stream, sender: 'client/shop', type: 'task', body: '{"withdrawn":true}' })
      expect(await scene.store.withdraw(stream, row)).toBe(true)
      expect(await scene.store.withdraw(stream, row)).toBe(false)
      expect((await scene.store.pendingOf(stream)).map(({ body }) => body)).toEqual(['{"withdrawn":true}'])
      expect(await admitted(scene, limits)).toEqual(['t2'])
      expect(await scene.store.withdraw('acme/task/t2', row)).toBe(false)
    })

    it('lets in no more than there is room for when 16 let in at once', async () => {
      await using scene = await Scene.open(open)
      await bring(scene, ...Array.from({ length: 20 }, (_, index) => task(`t${index}`)))
      const eight = { ...limits, team: 8 }
      const rounds = await Promise.all(Array.from({ length: 16 }, () => scene.store.admit(eight)))
      const ids = rounds.flatMap(({ rows }) => rows.map(({ id }) => id))
      expect(ids).toHaveLength(8)
      expect(new Set(ids).size).toBe(8)
    })
  })
}

async function bring(scene: Scene, ...tasks: readonly Acceptance[]): Promise<void> {
  for (const one of tasks) await scene.store.accept(one)
}

async function admitted(scene: Scene, limit: QueueLimits): Promise<readonly string[]> {
  return (await scene.store.admit(limit)).rows.map(({ id }) => id)
}

async function end(scene: Scene, id: string): Promise<void> {
  await scene.stored(scene.request({ stream: streamName.task('acme', id), cause: { id }, final: true }))
}
