import { streamName } from '@roster/core'
import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { noteMicroUsd } from '@roster/testing/team'
import type { WorkflowExecutionInfo } from '@temporalio/client'
import { expect, it } from 'vitest'

import { workflowIdOf } from '../src/index.ts'
import { openStage } from './kit/open-stage.ts'
import type { TemporalWorld } from './kit/temporal-world.ts'

describeWithServer('temporal', 'what is seen of a task on Temporal', () => {
  it('is found by team, playbook, requester and business key, by whom it waits for, and by how it ended', async () => {
    const { url: address } = await sharedServer('temporal')
    const { stage, world } = await openStage({ address })
    await using _ = stage
    const asked = await stage.publish('approved', { ms: 3_600_000, value: 'tides' }, { requester: 'ann' })
    const other = await stage.publish('approved', { ms: 3_600_000, value: 'moons' }, { requester: 'ben' })
    const idOf = (task: string): string => workflowIdOf(streamName.task('contract', task))
    const found = async (query: string): Promise<readonly WorkflowExecutionInfo[]> => await listed(world, query)
    const ids = async (query: string): Promise<readonly string[]> =>
      (await found(query)).map(({ workflowId }) => workflowId).toSorted()
    // Visibility follows the workflow after a moment.
    const becomes = async (query: string, tasks: readonly string[]): Promise<void> => {
      const expected = tasks.map(idOf).toSorted()
      await stage.until(async () => (String(await ids(query)) === String(expected) ? true : undefined))
    }

    await becomes("RosterTeam = 'contract' AND RosterPlaybook = 'approved'", [asked, other])
    await becomes("RosterWaitingOn = 'pat'", [asked, other])
    await becomes("RosterAbout = 'paper/tides'", [asked])
    await becomes("RosterRequester = 'ben' AND RosterVersion = '1.0.0'", [other])
    await becomes("RosterOutcome = 'done'", [])

    await stage.cancel(other)
    await stage.end(other)
    await becomes("RosterWaitingOn = 'pat'", [asked])
    await stage.decide('pat', 'approved')
    await stage.end(asked)
    await becomes("RosterOutcome = 'done'", [asked])
    await becomes("RosterOutcome = 'cancelled'", [other])
    await becomes("RosterWaitingOn = 'pat'", [])

    const [ended] = await found("RosterAbout = 'paper/tides'")
    const shown = (ended?.typedSearchAttributes.getAll() ?? []).map(({ key, value }) => [key.name, value] as const)
    expect(Object.fromEntries(shown.filter(([name]) => name.startsWith('Roster')))).toEqual({
      RosterTeam: 'contract',
      RosterPlaybook: 'approved',
      RosterVersion: '1.0.0',
      RosterRequester: 'ann',
      RosterAbout: ['paper/tides'],
      RosterOutcome: 'done',
      RosterCostMicroUsd: 0,
    })
  })

  it('is what it cost, when it has ended', async () => {
    const { url: address } = await sharedServer('temporal')
    const { stage, world } = await openStage({ address })
    await using _ = stage
    const task = await stage.publish('noted', { value: 'once' })
    await stage.end(task)

    const [found] = await stage.until(async () => {
      const all = await listed(world, `RosterCostMicroUsd = ${noteMicroUsd}`)
      return all.length > 0 ? all : undefined
    })
    expect(found?.workflowId).toBe(workflowIdOf(streamName.task('contract', task)))
  })

  it('says in a line what it is, in a few how to look at it, and where it stands now', async () => {
    const { url: address } = await sharedServer('temporal')
    const { stage, world } = await openStage({ address })
    await using _ = stage
    const task = await stage.publish('approved', { ms: 3_600_000, value: 'tides' }, { requester: '[ann](evil)' })
    await stage.reach(task, 'asking')
    const handle = world.client.workflow.getHandle(workflowIdOf(streamName.task('contract', task)))
    const { staticSummary, staticDetails, memo } = await handle.describe()
    const { currentDetails } = await handle.query<{ readonly currentDetails: string }>('__temporal_workflow_metadata')

    expect(await staticSummary()).toBe('approved@1.0.0 for annevil')
    expect(await staticDetails()).toContain(`roster task show ${task}`)
    expect(memo).toMatchObject({ team: 'contract', playbook: 'approved@1.0.0', requester: '[ann](evil)' })
    expect(currentDetails).toMatch(
      /^\*\*State\*\* asking, record 1\n- waits for approve: approve by contract\/person\/pat/,
    )
    await stage.cancel(task)
    await stage.end(task)
  })
})

/** What the server lists of the world's own queue. */
async function listed({ client, taskQueue }: TemporalWorld, query: string): Promise<readonly WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = []
  for await (const one of client.workflow.list({ query: `TaskQueue = '${taskQueue}' AND ${query}` })) found.push(one)
  return found
}
