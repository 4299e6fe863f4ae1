import { RosterError } from 'roster'
import type { Check } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { ran, ranJson } from '../fixture/world.ts'

const limits = {
  budget: { costMicroUsd: 100_000, tokens: 200_000, modelCalls: 10, toolCalls: 40 },
  call: { costMicroUsd: 50_000, tokens: 32_000, modelCalls: 1, toolCalls: 0 },
  effectTimeoutMs: 60_000,
}
const sound: Check = {
  ok: true,
  team: 'desk',
  digest: 'abcdefabcdefabcdef',
  histories: { streams: 0, records: 0 },
  colleagues: [
    {
      name: 'clerk',
      kind: 'agent',
      role: 'clerk',
      owner: 'controller',
      accepts: ['read-invoice'],
      tools: ['parse'],
      limits,
    },
  ],
  playbooks: [
    {
      name: 'pay-invoice',
      version: '1.0.0',
      owner: 'controller',
      states: ['reading', 'paid'],
      limits,
      atOnce: 8,
      priority: 5,
    },
  ],
  atOnce: { team: 100, requester: 20 },
  tools: [
    { name: 'parse', version: '1.0.0', owner: 'controller', consequential: false, idempotent: true, place: 'host' },
  ],
  analyses: [],
  lock: 'team desk\n',
  problems: [],
}

describe('check', () => {
  it('ends with 0 if nothing is wrong, and prints every limit that holds', async () => {
    const { code, out } = await ran(['check'], { openers: { check: async () => sound } })
    expect(code).toBe(0)
    expect(out).toMatch(/the team +100 tasks\n +each requester +20 tasks\n +pay-invoice +8 tasks +priority 5/)
    expect(out).toMatch(/clerk +\$0\.1 +200000 +10 +40 +\$0\.05 +32000 +1 min/)
  })

  it('ends with 4 if something is wrong, and says what', async () => {
    const problems = [
      {
        code: 'policy-invalid',
        message: 'desk.cedar:1:21: the team has no agent "treasuer"',
        path: 'desk.cedar:1:21',
        hint: 'Its agents are clerk.',
      },
    ]
    expect(
      await ranJson(['check'], { openers: { check: async () => ({ ...sound, ok: false, problems }) } }),
    ).toMatchObject({ code: 4, json: { ok: false, problems } })
  })

  it('ends with 4 also where the team cannot even be loaded', async () => {
    const openers = { load: () => Promise.reject(new RosterError('definition-invalid', 'no owner', { path: 'clerk' })) }
    expect(await ranJson(['check'], { openers })).toMatchObject({
      code: 4,
      json: { ok: false, problems: [{ code: 'definition-invalid', path: 'clerk' }] },
    })
  })

  it('ends with 5 where there is no team', async () => {
    expect(await ranJson(['check'], { env: {}, cwd: '/' })).toMatchObject({
      code: 5,
      json: { error: { code: 'team-not-found' } },
    })
  })
})
