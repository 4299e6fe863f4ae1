import type { Operations } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { inboxItem, taskSummary, waitingTask } from '../fixture/summary.ts'
import { ran, ranJson } from '../fixture/world.ts'

function desk(items = [inboxItem()]) {
  const decided: Parameters<Operations['decide']>[0][] = []
  const operations: Partial<Operations> = {
    inbox: async (person) => items.filter((item) => person === undefined || item.person === person),
    decide: async (decision) => {
      decided.push(decision)
      return { approval: 'A1', known: false, record: 'R1' }
    },
    settled: async () => (decided.length === 0 ? waitingTask() : taskSummary()),
  }
  return { operations, decided }
}

describe('inbox', () => {
  it('shows what waits, and for whom', async () => {
    const { operations } = desk()
    const { code, out } = await ran(['inbox'], { operations })
    expect(code).toBe(0)
    expect(out).toContain('controller  T1    invoice/4711  pay')
    expect((await ran(['inbox', '--as', 'treasurer'], { operations })).out).toContain('Nothing waits')
    expect((await ranJson(['inbox'], { operations })).json).toEqual([inboxItem()])
  })

  it('shows of one item all that a person should know: facts first, then what the asker says', async () => {
    const { operations } = desk([
      inboxItem({ question: 'Pay\u001b[2K now', arguments: { note: 'line\nand\u202eanother' } }),
    ])
    const { out } = await ran(['inbox', 'invoice/4711'], { operations })
    for (const fact of [
      'pay, asked of controller (controller)',
      'digest    d1',
      'untrusted, from client/client',
      '$0.0008 so far',
      '(in 59 min 59 s)',
      'exactly these arguments, once',
    ]) {
      expect(out).toContain(fact)
    }
    expect(out.indexOf('digest')).toBeLessThan(out.indexOf('The asker says (not checked)'))
    expect(out).toContain('Pay\\u001b[2K now')
    expect(out).toContain('"note": "line\\nand\\u202eanother"')
  })
})

describe('approve and decline', () => {
  it.each([
    ['approve', 'approved', 'T1'],
    ['approve', 'approved', 'invoice/4711'],
    ['decline', 'declined', 'desk/person/controller/job/J1'],
  ])(
    '%s decides what is named by its task, its key or itself, and shows what follows',
    async (verb, decision, name) => {
      const { operations, decided } = desk()
      const { code, json } = await ranJson([verb, name, '--yes', '--reason', 'by phone'], { operations })
      expect(code).toBe(0)
      expect(decided).toEqual([
        { item: 'desk/person/controller/job/J1', person: 'controller', decision, reason: 'by phone' },
      ])
      expect(json).toEqual({
        item: 'desk/person/controller/job/J1',
        task: 'T1',
        person: 'controller',
        decision,
        approval: 'A1',
        known: false,
        record: 'R1',
        status: 'done',
      })
    },
  )

  it('decides nothing without a terminal and without --yes', async () => {
    const { operations, decided } = desk()
    expect(await ranJson(['approve', 'T1'], { operations })).toMatchObject({
      code: 2,
      json: { error: { code: 'usage', path: '--yes' } },
    })
    expect(decided).toEqual([])
  })

  it('decides nothing that is not there, or not for this person', async () => {
    const { operations, decided } = desk()
    for (const args of [
      ['approve', 'T9'],
      ['approve', 'T1', '--as', 'treasurer'],
    ]) {
      expect(await ranJson([...args, '--yes'], { operations })).toMatchObject({
        code: 2,
        json: { error: { code: 'unknown-record' } },
      })
    }
    expect(decided).toEqual([])
  })

  it('asks which one where a name has several', async () => {
    const { operations, decided } = desk([inboxItem(), inboxItem({ person: 'cfo', item: 'desk/person/cfo/job/J2' })])
    const { code, err } = await ran(['approve', 'T1', '--yes'], { operations })
    expect(code).toBe(2)
    expect(err).toContain('desk/person/cfo/job/J2 (cfo)')
    expect(decided).toEqual([])
    expect((await ran(['approve', 'T1', '--as', 'cfo', '--yes'], { operations })).code).toBe(0)
    expect(decided.map(({ person }) => person)).toEqual(['cfo'])
  })
})
