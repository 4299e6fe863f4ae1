import type { PlaybookStatus } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { ran } from '../fixture/world.ts'

const relay: PlaybookStatus = {
  playbook: 'relay@1.0.0',
  owner: 'boss',
  windowMs: 7 * 86_400_000,
  open: 1,
  ended: 10,
  succeeded: 9,
  share: 0.9,
  atLeast: 0.8,
  enough: true,
  steps: [{ step: 'run', answered: 9, failed: 1, late: 0, share: 0.9 }],
  chain: 0.9 ** 10,
}

describe('status', () => {
  it('shows the share of each playbook and of each of its steps', async () => {
    const { code, out } = await ran(['status'], { operations: { status: async () => [relay] } })
    expect(code).toBe(0)
    expect(out).toMatch(/relay@1\.0\.0 +1 +10 +9 +90 % +80 % +35 % +7 days +boss/)
    expect(out).toMatch(/run +9 +1 +0 +90 %/)
  })

  it('ends with 4 where a playbook succeeds less often than it declares', async () => {
    const rare = { ...relay, share: 0.7, enough: false }
    expect((await ran(['status'], { operations: { status: async () => [relay, rare] } })).code).toBe(4)
  })

  it('tells owners when asked to', async () => {
    const operations = {
      status: async () => [{ ...relay, enough: false }],
      tellOwners: async () => [{ playbook: relay.playbook, owner: 'boss', known: false }],
    }
    expect(await ran(['status', '--tell'], { operations })).toMatchObject({ err: 'boss is told about relay@1.0.0.\n' })
  })

  it('never shows 100 % for less', async () => {
    const nearly = { ...relay, share: 0.999, steps: [], chain: null }
    const { out } = await ran(['status'], { operations: { status: async () => [nearly] } })
    expect(out).toMatch(/relay@1\.0\.0 +1 +10 +9 +99 %/)
  })
})
