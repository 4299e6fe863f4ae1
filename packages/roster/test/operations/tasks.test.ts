import { describe, expect, it } from 'vitest'

import { rehearse, scripted } from '../../src/testing.ts'
import { newsroom, policies } from '../newsroom.ts'
import { denials, talked, talkers } from '../stage.ts'

const sayer = scripted({ say: { word: 'hi' } })

describe('publishing', () => {
  it('that no policy allows ends the task as refused, with its record', async () => {
    const strict = talkers(sayer, [], { policies: { 'none.cedar': '// nobody may do anything\n' } })
    const { run, task, outcome } = await talked(strict)
    expect(outcome).toMatchObject({ status: 'refused', error: { code: 'denied' } })
    expect(await run.operations.log({ task: task.id })).toMatchObject([
      { envelope: { kind: 'denied', outcome: { status: 'refused', code: 'denied' }, decisions: [{ allowed: false }] } },
    ])
    expect(await run.replay(task.id)).toMatchObject({ verified: true, why: expect.stringContaining('denied') })
  })

  it.for(['sing', 'constructor', '__proto__', ''])(
    'a kind of task that the team does not have, "%s", ends as refused, with its record',
    async (playbook) => {
      await using run = await rehearse(talkers(sayer, []))
      const { task } = await run.operations.publish({ playbook, input: {}, idempotencyKey: '1', requester: 'me' })
      await run.idle()
      expect(await run.operations.task(task)).toMatchObject({ status: 'refused', endedAt: expect.any(Number) })
      expect(await run.replay(task)).toMatchObject({ verified: true })
    },
  )

  it('an input that does not fit ends as refused, with the path and what to do', async () => {
    await using run = await rehearse(newsroom)
    const input = { topic: 'x'.repeat(201) }
    const task = await run.publish('brief', input)
    expect(await task.outcome()).toMatchObject({
      status: 'refused',
      error: { code: 'input-invalid', path: '/topic', hint: expect.any(String) },
    })
    await expect(task.result()).rejects.toMatchObject({ code: 'input-invalid', path: '/topic' })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
    expect(await run.operations.verify()).toMatchObject({ verified: true })
  })

  it('under the same key again is the same task', async () => {
    await using run = await rehearse(newsroom)
    const first = await run.publish('brief', { topic: 'tides' }, { idempotencyKey: 'a' })
    const again = await run.publish('brief', { topic: 'tides' }, { idempotencyKey: 'a' })
    const other = await run.publish('brief', { topic: 'tides' }, { idempotencyKey: 'b' })
    expect(again.id).toBe(first.id)
    expect(other.id).not.toBe(first.id)
    await run.idle()
    expect(await run.operations.tasks()).toHaveLength(2)
  })

  it('in the name of the system is refused', async () => {
    await using run = await rehearse(newsroom)
    await expect(run.publish('brief', { topic: 'tides' }, { requester: 'system' })).rejects.toMatchObject({
      code: 'denied',
    })
  })
})

describe('cancelling', () => {
  it('withdraws everything that a task has caused', async () => {
    await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
    const task = await run.publish('brief', { topic: 'tides' })
    await run.idle()
    expect(await run.operations.inbox()).toHaveLength(1)
    expect(await run.operations.cancel(task.id, 'client')).toEqual({ known: false })
    await run.idle()
    expect(await task.outcome()).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
    expect(await run.operations.inbox()).toEqual([])
    expect((await run.operations.who()).flatMap(({ open }) => open)).toEqual([])
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
    // The timer of the approval is gone too: a month later nothing has happened.
    const before = await run.operations.totals()
    await run.pass(30 * 86_400_000)
    expect(await run.operations.totals()).toEqual(before)
  })

  it('a task that nobody knows is an error', async () => {
    await using run = await rehearse(newsroom)
    await expect(run.operations.cancel('01NOTHING', 'client')).rejects.toMatchObject({ code: 'unknown-task' })
  })

  it('by somebody whom no policy allows changes nothing, and is on record', async () => {
    const strict = {
      'newsroom.cedar': policies['newsroom.cedar'].replace(/@id\("whoever asked may cancel"\)\npermit [^;]*;/, ''),
    }
    await using run = await rehearse({ ...newsroom, policies: strict }, { people: { editor: 'wait' } })
    const task = await run.publish('brief', { topic: 'tides' })
    await run.idle()
    await run.operations.cancel(task.id, 'stranger')
    await run.idle()
    expect(await run.operations.task(task.id)).toMatchObject({ status: 'waiting', denials: 1 })
    expect(await denials(run)).toMatchObject([{ action: 'cancel', principal: 'client/stranger' }])
  })
})

it('a task that waits says for whom and since when', async () => {
  await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
  const task = await run.publish('brief', { topic: 'tides' })
  const { status, waitingOn, endedAt } = await run.operations.settled(task.id, 1000)
  expect({ status, endedAt, waitingOn }).toMatchObject({
    status: 'waiting',
    endedAt: null,
    waitingOn: [{ person: 'editor', since: Date.UTC(2026, 0, 1) }],
  })
})

it('waiting for a task that nobody will end is an error that names the person', async () => {
  await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
  const task = await run.publish('brief', { topic: 'tides' })
  await expect(task.outcome()).rejects.toMatchObject({ code: expect.stringMatching(/usage|expired/) })
})
