import type { Operations } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { record } from '../fixture/summary.ts'
import { ran, ranJson } from '../fixture/world.ts'

const all = Array.from({ length: 60 }, (_, index) => record(index + 1))

const operations: Partial<Operations> = {
  totals: async () => ({ records: all.length, denials: 0, costMicroUsd: 0, bytes: 0 }),
  log: async ({ after = 0, limit = 1000 } = {}) => all.filter(({ position }) => position > after).slice(0, limit),
}

async function positions(...args: readonly string[]): Promise<readonly number[]> {
  return ((await ranJson(['log', ...args], { operations })).json as { position: number }[]).map(
    ({ position }) => position,
  )
}

describe('log', () => {
  it('shows the last records, or those after a position, or the last of a task', async () => {
    expect(await positions('--limit', '3')).toEqual([58, 59, 60])
    expect(await positions()).toHaveLength(50)
    expect(await positions('--after', '10', '--limit', '2')).toEqual([11, 12])
    expect(await positions('--task', 'T1', '--limit', '2')).toEqual([59, 60])
  })

  it('says on one line who came to what, and why', async () => {
    const denial = {
      allowed: false,
      policies: [],
      policySet: 'p',
      reason: 'no policy allows it',
      principal: 'agent/clerk',
      action: 'use',
      resource: 'tool/pay',
    }
    const records = [
      record(1),
      record(2, { kind: 'denied', decisions: [denial] }),
      record(3, {
        stream: 'desk/task/T1',
        who: { colleague: 'playbook', definition: 'pay-invoice@1.0.0', digest: 'd' },
        after: 'paid',
        outcome: { status: 'done' },
      }),
    ]
    const { out } = await ran(['log'], { operations: { ...operations, log: async () => records } })
    const lines = out.split('\n').map((line) => line.replace(/^\S+ +/, ''))
    expect(lines.slice(0, 3)).toEqual([
      '#1  clerk           answered                  work read-invoice from the task',
      '#2  clerk           denied                    work read-invoice from the task  no policy allows it',
      '#3  pay-invoice     paid                      work read-invoice from the task, done',
    ])
  })

  it('follows with a line of JSON for each record, until it is interrupted, which is a clean end', async () => {
    const interrupt = new AbortController()
    const later = [record(61), record(62)]
    const following: Partial<Operations> = {
      ...operations,
      log: async ({ after = 0, limit = 1000 } = {}) => {
        const next = [...all, ...later].filter(({ position }) => position > after).slice(0, limit)
        if (next.length === 0) interrupt.abort()
        return next
      },
    }
    const { code, out } = await ran(['log', '--follow', '--limit', '2', '--json'], {
      operations: following,
      signal: interrupt.signal,
    })
    expect(code).toBe(0)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { position: number }).position),
    ).toEqual([59, 60, 61, 62])
  })
})

describe('dev', () => {
  it('says that it is ready, shows what comes, and ends cleanly when interrupted', async () => {
    const interrupt = new AbortController()
    let looked = 0
    const working: Partial<Operations> = {
      ...operations,
      who: async () => [],
      log: async ({ after = 0 } = {}) => {
        looked += 1
        if (looked === 2) interrupt.abort()
        return looked === 1 ? [record(after + 1)] : []
      },
    }
    const { code, out } = await ran(['dev', '--json'], { operations: working, signal: interrupt.signal })
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(code).toBe(0)
    expect(lines).toMatchObject([
      { type: 'ready', hosting: false, records: 60 },
      { type: 'record', position: 61 },
    ])
  })
})
