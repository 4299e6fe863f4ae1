import { randomUUID } from 'node:crypto'

import { streamName, type Definition, type Team } from '@roster/core'
import { coordinatorTeam } from '@roster/testing/team'
import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { workflowIdOf } from '../src/index.ts'
import { openStage, type OpenedStage } from './kit/open-stage.ts'
import { postgresTenants } from './kit/postgres-tenant.ts'
import { second } from './kit/second-version.ts'

const definition: Definition = { ...second, kind: 'playbook', digest: 'second'.padEnd(64, '0') }
const first = coordinatorTeam.playbooks['approved']

/** The team after a rollout of the second version. */
const rolledOut: Team = {
  ...coordinatorTeam,
  playbooks: {
    ...coordinatorTeam.playbooks,
    approved: { name: 'approved', version: '2.0.0', owner: 'eve', definition },
  },
}
const withFormer: Team = {
  ...rolledOut,
  former: first === undefined ? {} : { [first.definition.id]: first.definition },
}

describeWithServer('temporal', 'versions of a playbook', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    const tenants = postgresTenants()

    it(
      'a task ends on the version with which it began, and waits for a worker that has it',
      { timeout: 300_000 },
      async () => {
        const { url: address } = await sharedServer('temporal')
        const tenant = randomUUID()
        const taskQueue = `versions/${tenant}`
        let old = ''
        {
          await using stage = (await openStage({ store: await tenants.open(tenant), address, taskQueue })).stage
          old = await stage.publish('approved', { ms: 3_600_000, value: 'text' })
          await stage.reach(old, 'asking')
        }
        {
          const parts = { store: await tenants.open(tenant), address, taskQueue }
          const { stage, world } = await openStage({ ...parts, team: rolledOut, workflows: 'workflows-second.ts' })
          await using _ = stage
          await stage.decide('pat', 'approved')
          const young = await stage.publish('approved', { value: 'text' }, { key: 'after the rollout' })

          expect(await stage.end(young)).toMatchObject({ status: 'done', output: ['text', 'text'] })
          expect(await stage.history(old)).toHaveLength(1)
          const workflow = world.client.workflow.getHandle(workflowIdOf(streamName.task('contract', old)))
          expect((await workflow.describe()).status.name).toBe('RUNNING')

          const { waiting } = await world.reconcile()
          expect(waiting).toMatchObject([{ playbook: 'approved@1.0.0', kind: 'approved', requester: 'web' }])
          await world.reconcile()
          expect(await noticesOf(stage)).toEqual([
            '1 tasks began on approved@1.0.0 and wait: nothing that runs has that version.',
          ])
        }
        const parts = { store: await tenants.open(tenant), address, taskQueue }
        const { stage } = await openStage({ ...parts, team: withFormer, workflows: 'workflows-both.ts' })
        await using _ = stage

        expect(await stage.end(old)).toMatchObject({ status: 'done', output: ['approved'] })
        const definitions = (await stage.records(old)).map(({ envelope }) => JSON.parse(envelope) as { who: object })
        expect(definitions.map(({ who }) => who)).toEqual([
          expect.objectContaining({ definition: 'approved@1.0.0' }),
          expect.objectContaining({ definition: 'approved@1.0.0' }),
        ])
      },
    )
  })
})

/** What lies in the owner's inbox. */
async function noticesOf(stage: OpenedStage['stage']): Promise<readonly unknown[]> {
  const owner = `${streamName.person('contract', 'eve')}/job/`
  const jobs = await stage.until(async () => {
    const found = (await stage.world.store.heads()).filter(({ stream }) => stream.startsWith(owner))
    return found.length > 0 ? found : undefined
  })
  const bodies = await Promise.all(
    jobs.map(async ({ stream }) => JSON.parse((await stage.world.store.read(stream))[0]?.body ?? '{}') as Begun),
  )
  return bodies.map(({ payload }) => payload.message.payload.input.question)
}

interface Begun {
  readonly payload: { readonly message: { readonly payload: { readonly input: { readonly question: unknown } } } }
}
