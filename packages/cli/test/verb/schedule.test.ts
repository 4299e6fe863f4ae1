import { RosterError } from 'roster'
import type { NewSchedule, ScheduleSummary } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { now, ran, ranJson } from '../fixture/world.ts'

const nightly: ScheduleSummary = {
  name: 'nightly',
  playbook: 'close-books',
  cron: '0 2 * * *',
  zone: 'Europe/Berlin',
  overlap: 'skip',
  catchUpMs: 3_600_000,
  by: 'controller',
  paused: false,
  next: now + 3_600_000,
  last: { at: now - 86_400_000, task: 'T1' },
  skipped: 2,
  lastSkip: { at: now, because: 'overlap' },
}
const ordered = { record: 'R1', stream: 'desk/team', version: 3 }

describe('schedule create', () => {
  it('makes a schedule in the name of whoever asks, and shows it', async () => {
    const made: NewSchedule[] = []
    const operations = {
      createSchedule: async (schedule: NewSchedule) => {
        made.push(schedule)
        return ordered
      },
      schedules: async () => [nightly],
    }
    const options = ['--zone', 'Europe/Berlin', '--input', '{"month":3}', '--overlap', 'queue', '--catch-up', '2h']
    const args = ['schedule', 'create', 'nightly', 'close-books', '--cron', '0 2 * * *', ...options]
    const { code, out } = await ran([...args, '--as', 'controller'], { operations })
    expect(code).toBe(0)
    expect(made).toEqual([
      {
        name: 'nightly',
        playbook: 'close-books',
        cron: '0 2 * * *',
        zone: 'Europe/Berlin',
        input: { month: 3 },
        overlap: 'queue',
        catchUpMs: 7_200_000,
        by: 'controller',
      },
    ])
    expect(out).toMatch(/schedule +nightly/)
    expect((await ranJson(args, { operations })).json).toMatchObject({ name: 'nightly', next: now + 3_600_000 })
  })

  it('ends with 2 without a calendar, and with 3 when it is denied', async () => {
    expect((await ran(['schedule', 'create', 'nightly', 'close-books'])).code).toBe(2)
    const denied = { createSchedule: () => Promise.reject(new RosterError('denied', 'no policy permits it')) }
    const args = ['schedule', 'create', 'nightly', 'close-books', '--cron', '@daily']
    expect((await ran(args, { operations: denied })).code).toBe(3)
  })
})

describe('schedule list', () => {
  it('shows what there is, a line each', async () => {
    const schedules = async () => [nightly, { ...nightly, name: 'hourly', paused: true, next: null }]
    const { code, out } = await ran(['schedule', 'list'], { operations: { schedules } })
    expect(code).toBe(0)
    expect(out).toMatch(/nightly +close-books +0 2 \* \* \* Europe\/Berlin/)
    expect(out).toMatch(/2 times, last .*\(overlap\)/)
    expect(out).toMatch(/hourly .*paused/)
    expect((await ran(['schedule', 'list'], { operations: { schedules: async () => [] } })).out).toBe('No schedules.\n')
  })
})

describe.each([
  ['pause', 'pauseSchedule'],
  ['resume', 'resumeSchedule'],
  ['delete', 'deleteSchedule'],
] as const)('schedule %s', (word, method) => {
  it('does it in the name of whoever asks', async () => {
    const asked: unknown[] = []
    const operations = {
      [method]: async (order: unknown) => {
        asked.push(order)
        return ordered
      },
    }
    const { code, out } = await ran(['schedule', word, 'nightly', '--as', 'controller'], { operations })
    expect([code, asked]).toEqual([0, [{ name: 'nightly', by: 'controller' }]])
    expect(out).toContain('nightly')
  })

  it('ends with 2 for one that is not there', async () => {
    const unknown = () => Promise.reject(new RosterError('unknown-schedule', 'there is no schedule "weekly"'))
    expect((await ran(['schedule', word, 'weekly'], { operations: { [method]: unknown } })).code).toBe(2)
  })
})
