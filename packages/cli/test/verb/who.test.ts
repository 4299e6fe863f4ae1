import { describe, expect, it } from 'vitest'

import { ran } from '../fixture/world.ts'

describe('who', () => {
  it('shows who is on the roster, doing what, at what cost', async () => {
    const clerk = {
      name: 'clerk',
      kind: 'agent',
      role: 'clerk',
      owner: 'controller',
      version: '1.0.0',
      state: 'available',
      barred: [],
      open: [],
      waiting: 0,
      oldestMs: 0,
      done: 3,
      failed: 0,
      denials: 1,
      costMicroUsd: 1_200,
    } as const
    const busy = {
      ...clerk,
      name: 'matcher',
      waiting: 7,
      oldestMs: 61_000,
      open: [{ job: 'J1', task: 'T1', kind: 'match', state: 'thinking' }],
    }
    const operations = {
      who: async () => [clerk, busy, { ...clerk, name: 'treasurer', barred: ['stopped'] as const }],
      totals: async () => ({ records: 22, denials: 1, costMicroUsd: 1_200, bytes: 54_000 }),
    }
    const { code, out } = await ran(['who'], { operations })
    expect(code).toBe(0)
    expect(out).toMatch(/clerk +agent 1\.0\.0 +clerk +controller +available +0 +3 +0 +1 +\$0\.0012/)
    expect(out).toMatch(/treasurer +agent 1\.0\.0 +clerk +controller +stopped/)
    expect(out).toMatch(/match: thinking +7 for 1 min 1 s +3/)
    expect(out).toContain('22 records (53 KiB), 1 denial, $0.0012 in all.')
  })
})
