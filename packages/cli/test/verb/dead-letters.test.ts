import type { DeadLetter } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { ran, ranJson } from '../fixture/world.ts'

const letter: DeadLetter = {
  record: 'R1',
  position: 7,
  at: Date.UTC(2026, 10, 21, 9, 0, 0),
  stream: 'desk/task/T1',
  task: 'T1',
  type: 'reply',
  kind: '',
  sender: 'desk/agent/clerk',
  because: 'failed too often: the branch is broken',
}
const operations = { deadLetters: async () => [letter] }

describe('dead-letters', () => {
  it('lists what was set aside, and why', async () => {
    const { code, out } = await ran(['dead-letters', 'list'], { operations })
    expect(code).toBe(0)
    expect(out).toMatch(/R1 +desk\/task\/T1 +reply .*the branch is broken/)
    expect(await ranJson(['dead-letters', 'list'], { operations })).toEqual({ code: 0, json: [letter] })
  })

  it('shows one in full, and says that another is none', async () => {
    expect((await ran(['dead-letters', 'show', 'R1'], { operations })).out).toMatch(/from +desk\/agent\/clerk/)
    const { code, err } = await ran(['dead-letters', 'show', 'R2'], { operations })
    expect([code, err]).toEqual([2, expect.stringContaining('R2 is no dead letter')])
  })

  it('sends one again for a person who says who they are', async () => {
    const asked: unknown[] = []
    const resend = async (given: unknown) => {
      asked.push(given)
      return { task: 'T2', message: 'T2', known: false }
    }
    const scene = { operations: { ...operations, resend } }
    expect((await ran(['dead-letters', 'resend', 'R1'], scene)).code).toBe(2)
    const { code, out } = await ran(['dead-letters', 'resend', 'R1', '--as', 'controller'], scene)
    expect([code, out]).toEqual([0, 'Sent again: task T2.\n'])
    expect(asked).toEqual([{ record: 'R1', by: 'controller' }])
  })
})
