import { describe, expect, it } from 'vitest'

import { ran } from '../fixture/world.ts'

const ordered = { record: 'R1', stream: 'desk/agent/treasurer', version: 7 }
const refuse = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('no policy permits it'), { code: 'denied', hint: 'Grant it.' }))

describe('stop and resume', () => {
  it('say whom they stop and let go on, in whose name and why', async () => {
    const asked: unknown[] = []
    const operations = {
      stop: async (order: object) => (asked.push(order), ordered),
      resume: async (order: object) => (asked.push(order), ordered),
    }
    const stopped = await ran(['stop', 'treasurer', '--as', 'ada', '--because', 'wrong payments'], { operations })
    expect(stopped).toMatchObject({ code: 0, out: expect.stringContaining('treasurer is stopped') })
    const resumed = await ran(['resume', 'treasurer', '--as', 'ada', '--json'], { operations })
    expect(JSON.parse(resumed.out)).toEqual(ordered)
    expect(asked).toEqual([
      { who: 'treasurer', by: 'ada', because: 'wrong payments' },
      { who: 'treasurer', by: 'ada' },
    ])
  })

  it('need somebody to stop', async () => {
    expect(await ran(['stop'])).toMatchObject({ code: 2 })
  })
})

describe('promote and demote', () => {
  it('say from where to where', async () => {
    const operations = { promote: async () => ({ ...ordered, before: 'propose' as const }) }
    const { code, out } = await ran(['promote', 'treasurer', 'bounded', '--as', 'ada'], { operations })
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('is at bounded now; it was at propose'),
    })
    expect((await ran(['demote', 'treasurer', 'observe', '--as', 'ada'], { operations })).code).toBe(0)
  })

  it('know the levels', async () => {
    const { code, err } = await ran(['promote', 'treasurer', 'free'])
    expect(code).toBe(2)
    expect(err).toContain('observe, propose, bounded, autonomous')
  })
})

describe('can', () => {
  const answer = { who: 'clerk', action: 'use', what: 'pay', policySet: 'd', reason: 'no policy permits it' }

  it('ends with 0 for yes and with 3 for no, and says what it would take', async () => {
    const yes = { ...answer, allowed: true, policies: ['p1'], needed: [], alsoNeeded: [] }
    expect((await ran(['can', 'clerk', 'use', 'pay'], { operations: { can: async () => yes } })).code).toBe(0)
    const no = { ...answer, allowed: false, policies: [], needed: ['an approval'], alsoNeeded: ['a promotion'] }
    const asked: unknown[] = []
    const { code, out } = await ran(['can', 'clerk', 'use', 'pay', '--untrusted'], {
      operations: { can: async (query) => (asked.push(query), no) },
    })
    expect(code).toBe(3)
    expect(out).toContain('It would take:\n  an approval')
    expect(out).toContain('it needs:\n  a promotion')
    expect(asked).toEqual([
      { who: 'clerk', action: 'use', what: 'pay', given: { untrusted: true, approved: false, endorsed: false } },
    ])
  })

  it('passes a refusal on', async () => {
    expect((await ran(['stop', 'treasurer'], { operations: { stop: refuse } })).code).not.toBe(0)
  })
})
