import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import type { NewSchedule } from '../../src/client/schedule-operations.ts'
import { person, playbook, team } from '../../src/index.ts'
import { rehearse, type RehearsalOptions } from '../../src/testing.ts'
import { allowAll } from '../stage.ts'

const Text = z.object({ text: z.string() })
const editor = person('editor', { role: 'editor' })
const [hour, day] = [3_600_000, 86_400_000]

/** Two weeks before the clocks of Berlin go forward. */
const startsAt = Date.UTC(2026, 2, 15)

const brief: NewSchedule = {
  name: 'daily',
  playbook: 'brief',
  input: { text: 'tides' },
  cron: '0 8 * * *',
  zone: 'Europe/Berlin',
  by: 'editor',
}

async function newsroom(options: RehearsalOptions = {}, policies: Readonly<Record<string, string>> = allowAll) {
  const graph = playbook('brief@1.0.0', { owner: editor, input: Text, output: Text }, (steps) =>
    steps.approve(editor, { within: '3 weeks', otherwise: 'fail' }),
  )
  const composed = team('newsroom', { colleagues: [editor], playbooks: [graph], policies })
  const run = await rehearse(composed, { startsAt, ...options })
  const begun = async () => (await run.operations.tasks()).map(({ startedAt }) => new Date(startedAt).toISOString())
  return { run, begun, ...run.operations }
}

describe('a schedule', () => {
  it('publishes a task at its time of day, also across a change of the clocks', async () => {
    const { run, begun, createSchedule, tasks } = await newsroom()
    await createSchedule({ ...brief, cron: '30 2 * * *' })
    await run.pass(16 * day)
    expect(await begun()).toHaveLength(16)
    expect((await begun()).slice(-4)).toEqual([
      '2026-03-27T01:30:00.000Z',
      '2026-03-28T01:30:00.000Z',
      // Half past two is not there on this day: it is the first time after it.
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
    expect(new Set((await tasks()).map(({ requester, status }) => `${requester} ${status}`))).toEqual(
      new Set(['editor done']),
    )
  })

  it('is told with its next time, its last one and its task', async () => {
    const { run, createSchedule, schedules, task } = await newsroom()
    await createSchedule(brief)
    expect(await schedules()).toMatchObject([
      {
        name: 'daily',
        by: 'editor',
        next: Date.UTC(2026, 2, 15, 7),
        last: null,
        skipped: 0,
        overlap: 'skip',
        catchUpMs: hour,
      },
    ])
    await run.pass(8 * hour)
    const [told] = await schedules()
    expect(told).toMatchObject({ next: Date.UTC(2026, 2, 16, 7), last: { at: Date.UTC(2026, 2, 15, 7) } })
    expect(await task(told?.last?.task ?? '')).toMatchObject({ status: 'done', outcome: { text: 'tides' } })
  })

  it('skips a time while its last task waits, and says so', async () => {
    const { run, createSchedule, schedules } = await newsroom({ people: { editor: 'wait' } })
    await createSchedule(brief)
    await run.pass(3 * day)
    expect(await schedules()).toMatchObject([
      {
        skipped: 2,
        lastSkip: { at: Date.UTC(2026, 2, 17, 7), because: 'overlap' },
        last: { at: Date.UTC(2026, 2, 15, 7) },
      },
    ])
    expect(await run.operations.tasks()).toHaveLength(1)
    expect(await run.operations.verify()).toMatchObject({ verified: true })
  })

  it('publishes nothing while it is paused, and is forgotten when it is deleted', async () => {
    const { run, createSchedule, pauseSchedule, resumeSchedule, deleteSchedule, schedules, tasks } = await newsroom()
    await createSchedule(brief)
    await pauseSchedule({ name: 'daily', by: 'editor' })
    expect(await schedules()).toMatchObject([{ paused: true, next: null }])
    await run.pass(2 * day)
    expect(await tasks()).toEqual([])
    await resumeSchedule({ name: 'daily', by: 'editor' })
    await run.pass(day)
    expect(await tasks()).toHaveLength(1)
    await deleteSchedule({ name: 'daily', by: 'editor' })
    expect(await schedules()).toEqual([])
    await run.pass(2 * day)
    expect(await tasks()).toHaveLength(1)
  })
})

describe('setting a schedule', () => {
  it.each([
    [{ name: 'Daily!' }, { code: 'input-invalid', path: 'name' }],
    [{ cron: 'at eight' }, { code: 'input-invalid', path: 'cron' }],
    [{ cron: '0 0 31 2 *' }, { code: 'input-invalid', path: 'cron' }],
    [{ zone: 'Mars/Olympus' }, { code: 'input-invalid', path: 'cron' }],
    [{ catchUpMs: -1 }, { code: 'input-invalid', path: 'catchUpMs' }],
    [{ playbook: 'sing' }, { code: 'unknown-task-kind' }],
    [{ input: { text: 7 } }, { code: 'input-invalid', path: '/text' }],
  ] as const)('is refused with what to do: %o', async (wrong, refusal) => {
    const { createSchedule, schedules } = await newsroom()
    const refused = createSchedule({ ...brief, ...wrong })
    await expect(refused).rejects.toMatchObject({ ...refusal, hint: expect.any(String) })
    expect(await schedules()).toEqual([])
  })

  it('is refused under a name that is taken, and for one that is not there', async () => {
    const { createSchedule, pauseSchedule } = await newsroom()
    await createSchedule(brief)
    await expect(createSchedule(brief)).rejects.toMatchObject({ code: 'input-invalid', path: 'name' })
    await expect(pauseSchedule({ name: 'weekly', by: 'editor' })).rejects.toMatchObject({ code: 'unknown-schedule' })
  })

  it('is denied to whoever may not publish its tasks, on record', async () => {
    const onlyEditors = {
      'editors.cedar':
        '@id("editors publish") permit (principal == Person::"editor", action == Action::"publish", resource);',
    }
    const { createSchedule, deleteSchedule, schedules, log } = await newsroom({}, onlyEditors)
    await expect(createSchedule({ ...brief, by: 'stranger' })).rejects.toMatchObject({ code: 'denied' })
    await createSchedule(brief)
    await expect(deleteSchedule({ name: 'daily', by: 'stranger' })).rejects.toMatchObject({ code: 'denied' })
    expect(await schedules()).toHaveLength(1)
    const kinds = (await log({ stream: 'newsroom/team' })).map(({ envelope }) => envelope.kind)
    expect(kinds).toEqual(['deployed', 'denied', 'noted', 'denied'])
  })
})
