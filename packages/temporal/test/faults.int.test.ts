import { streamName } from '@roster/core'
import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { describe, expect, it } from 'vitest'

import { workflowIdOf } from '../src/index.ts'
import { openStage, type OpenedStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'
import type { TemporalWorld } from './kit/temporal-world.ts'

describeWithServer('temporal', 'a task on Temporal', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()
    const open = async (workflows = 'workflows.ts'): Promise<OpenedStage> => {
      const { url: address } = await sharedServer('temporal')
      return await openStage({ store: await tenants.open(), address, workflows })
    }

    describe('whose workflow is gone', () => {
      it.each(['deleted', 'terminated'] as const)('goes on at its state when it is reconciled: %s', async (how) => {
        const { stage, world } = await open()
        await using _ = stage
        const task = await stage.publish('approved', { ms: 3_600_000, value: 'text' })
        await stage.reach(task, 'asking')
        const workflowId = workflowIdOf(streamName.task('contract', task))
        if (how === 'terminated') await world.client.workflow.getHandle(workflowId).terminate('a test')
        else await deleted(world, workflowId)

        expect((await world.reconcile()).restarted).toEqual([streamName.task('contract', task)])
        expect((await world.reconcile()).restarted).toEqual([])
        await stage.decide('pat', 'approved')
        expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['approved'] })
        expect(await stage.history(task)).toHaveLength(2)
      })

      it('keeps the time of its delays', async () => {
        const { stage, world } = await open()
        await using _ = stage
        const task = await stage.publish('approved', { ms: 1500, value: 'text' })
        await stage.reach(task, 'asking')
        const begun = (await stage.records(task))[0]?.at ?? 0
        await deleted(world, workflowIdOf(streamName.task('contract', task)))
        await world.reconcile()
        await stage.reach(task, 'escalating')

        const escalated = (await stage.records(task))[1]?.at ?? 0
        expect(escalated - begun).toBeGreaterThanOrEqual(1500)
        expect(escalated - begun).toBeLessThan(10_000)
        await stage.decide('eve', 'declined')
        expect(await stage.end(task)).toMatchObject({ status: 'done', output: ['declined'] })
      })
    })

    it('takes one look, or few, when it is flooded with signals that name nothing', async () => {
      const { stage, world } = await open()
      await using _ = stage
      const task = await stage.publish('patient')
      await stage.reach(task, 'asking')
      const stream = streamName.task('contract', task)
      const row = { stream, kind: 'message', sender: 'client/web', type: 'cancel', control: true } as const
      const rest = { dueAt: null, expiresAt: null, body: '{}', lease: null }
      const flood = Array.from({ length: 500 }, (_value, index) => `forged-${index % 250}`)
      await Promise.all(flood.map((id) => world.starter.wake({ ...row, ...rest, id })))
      await stage.cancel(task)

      expect(await stage.end(task)).toMatchObject({ status: 'cancelled' })
      expect(await stage.history(task)).toHaveLength(2)
      const handle = world.client.workflow.getHandle(workflowIdOf(stream))
      expect(await handle.result()).toMatchObject({ status: 'cancelled', version: 2 })
      const { events = [] } = await handle.fetchHistory()
      const looks = (events ?? []).filter(({ markerRecordedEventAttributes: marker }) => marker != null).length
      expect(looks).toBeGreaterThan(1)
      expect(looks, `of ${events?.length ?? 0} events`).toBeLessThan(50)
      process.stdout.write(
        `a flood of signals: ${JSON.stringify({ signals: flood.length, looks, events: events?.length ?? 0, records: 2 })}\n`,
      )
    })

    it('does nothing for a workflow that somebody starts for a task which nobody published', async () => {
      const { stage, world } = await open()
      await using _ = stage
      const stream = streamName.task('contract', 'forged')
      const handle = await world.client.workflow.start('task', {
        workflowId: `${workflowIdOf(stream)}/${world.taskQueue}`,
        taskQueue: world.taskQueue,
        args: [{ stream, kind: 'line', playbook: 'line@1.0.0' }],
      })
      const { version } = await handle.query<{ readonly version: number }>('standing')
      const task = await stage.publish('line')

      expect(await stage.end(task)).toMatchObject({ status: 'done' })
      expect(version).toBe(0)
      expect(await world.store.head(stream)).toBeUndefined()
      expect((await handle.describe()).status.name).toBe('RUNNING')
      await handle.terminate('a test')
    })

    it('continues as new before its history grows long, and loses nothing', async () => {
      const { stage, world } = await open('workflows-short.ts')
      await using _ = stage
      const task = await stage.publish('loop', { value: 'round', rounds: 40 })

      expect((await stage.end(task)).output).toHaveLength(40)
      expect(await stage.history(task)).toHaveLength(41)
      const workflowId = workflowIdOf(streamName.task('contract', task))
      const runs: string[] = []
      const query = `WorkflowId = '${workflowId}' AND RosterPlaybook = 'loop'`
      await stage.until(async () => {
        runs.length = 0
        for await (const { runId } of world.client.workflow.list({ query })) runs.push(runId)
        return runs.length > 2 || undefined
      })
      expect(runs.length).toBeGreaterThan(2)
    })

    it('tells whoever brings a message what became of it', async () => {
      const { stage, world } = await open()
      await using _ = stage
      const task = await stage.publish('patient')
      await stage.reach(task, 'asking')
      const stream = streamName.task('contract', task)
      await world.store.accept({
        client: 'web',
        key: 'nonsense',
        answer: '{}',
        pending: [messageTo(stream, task, 'nonsense')],
      })

      expect(await world.starter.take({ stream, id: 'nonsense' })).toMatchObject({
        taken: true,
        kind: 'refused',
        error: { code: 'refused' },
      })
      expect(await world.starter.take({ stream, id: 'nonsense' })).toMatchObject({ taken: true, kind: 'refused' })
      expect(await world.starter.take({ stream, id: 'forged' })).toEqual({ taken: false })
      await stage.cancel(task)
      await stage.end(task)
    })
  })
})

function messageTo(stream: string, task: string, id: string) {
  const message = { id, type: id, sender: 'client/web', to: stream, correlationId: task, causationId: id, at: 0 }
  const body = JSON.stringify({ ...message, label: { integrity: 'trusted', sources: [] }, payload: null })
  const rest = { control: false, dueAt: null, expiresAt: null, body, lease: null }
  return { id, kind: 'message' as const, stream, sender: 'client/web', type: id, ...rest }
}

/** Deletes a workflow and waits until the server has forgotten it. */
async function deleted({ client }: TemporalWorld, workflowId: string): Promise<void> {
  const execution = { workflowId }
  await client.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: execution })
  for (;;) {
    try {
      await client.workflow.getHandle(workflowId).describe()
    } catch {
      return
    }
  }
}
