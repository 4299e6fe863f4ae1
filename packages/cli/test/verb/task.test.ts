import type { Operations } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { record, taskSummary, waitingTask } from '../fixture/summary.ts'
import { ran, ranJson } from '../fixture/world.ts'

describe('task list', () => {
  it('shows a line for each task, and passes its filters on', async () => {
    const asked: unknown[] = []
    const operations: Partial<Operations> = {
      tasks: async (filter) => (asked.push(filter), [taskSummary(), waitingTask({ task: 'T2' })]),
    }
    const { code, out } = await ran(['task', 'list', '--status', 'waiting', '--about', 'invoice/4711'], { operations })
    expect(code).toBe(0)
    expect(out).toMatch(/^TASK .*\nT1 {4}done .*paid .*\$0\.0012\nT2 {4}waiting .*waits for controller/)
    expect(asked).toEqual([{ status: 'waiting', about: 'invoice/4711' }])
    expect((await ranJson(['task', 'list'], { operations })).json).toHaveLength(2)
  })

  it('says that there are none', async () => {
    expect((await ran(['task', 'list'], { operations: { tasks: async () => [] } })).out).toBe('No tasks.\n')
  })
})

describe('task show', () => {
  it('shows all of one task, and ends with 0 whatever became of it', async () => {
    const error = { code: 'input-invalid', message: 'no amount', path: '/amount', hint: 'Give one.' }
    const operations = { task: async () => taskSummary({ status: 'refused', error, outcome: null }) }
    const { code, out } = await ran(['task', 'show', 'T1'], { operations })
    expect(code).toBe(0)
    for (const line of [
      'status     refused',
      'error      no amount (input-invalid)',
      'at         /amount',
      'hint       Give one.',
      '(after 5.0 s)',
    ])
      expect(out).toContain(line)
  })
})

describe('task watch', () => {
  it('shows what happens until the task has ended, and ends as the task did', async () => {
    const summaries = [waitingTask(), waitingTask(), taskSummary({ status: 'refused' })]
    const records = [record(1), record(2)]
    const operations: Partial<Operations> = {
      task: async () => summaries.shift() ?? taskSummary({ status: 'refused' }),
      log: async ({ after = 0 } = {}) => records.filter(({ position }) => position > after).slice(0, 1),
    }
    const { code, out } = await ran(['task', 'watch', 'T1', '--json'], { operations })
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(code).toBe(3)
    expect(lines.map(({ type }) => type)).toEqual(['record', 'record', 'task'])
  })

  it('stops when its time is over: the task goes on', async () => {
    const operations = { task: async () => waitingTask(), log: async () => [] }
    expect((await ran(['task', 'watch', 'T1', '--timeout', '1ms'], { operations })).code).toBe(0)
  })

  it('is interrupted with 130 also while it waits for something to happen', async () => {
    const interrupt = new AbortController()
    const operations: Partial<Operations> = {
      task: async () => waitingTask(),
      log: async () => (setTimeout(() => interrupt.abort(), 10), []),
    }
    expect((await ran(['task', 'watch', 'T1'], { operations, signal: interrupt.signal })).code).toBe(130)
  })

  it('is interrupted with 130', async () => {
    const interrupt = new AbortController()
    const operations: Partial<Operations> = {
      task: async () => waitingTask(),
      log: async () => (interrupt.abort(), []),
    }
    expect((await ran(['task', 'watch', 'T1'], { operations, signal: interrupt.signal })).code).toBe(130)
  })
})

describe('task cancel', () => {
  it('withdraws a task in the name of whoever says so', async () => {
    const cancelled: unknown[] = []
    const operations: Partial<Operations> = {
      task: async () => waitingTask(),
      cancel: async (...args) => (cancelled.push(args), { known: false }),
      settled: async () => taskSummary({ status: 'cancelled' }),
    }
    expect(await ranJson(['task', 'cancel', 'T1', '--as', 'ada'], { operations })).toMatchObject({
      code: 0,
      json: { status: 'cancelled' },
    })
    expect(cancelled).toEqual([['T1', 'ada']])
  })

  it.each([
    ['cancelled', 0],
    ['done', 3],
  ] as const)('leaves a task alone that is %s, and ends with %i', async (status, exit) => {
    expect(
      (await ran(['task', 'cancel', 'T1'], { operations: { task: async () => taskSummary({ status }) } })).code,
    ).toBe(exit)
  })
})
