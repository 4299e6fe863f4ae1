import type { PGlite } from '@electric-sql/pglite'
import { describe, expect, it } from 'vitest'
import { PGliteGate } from '../../src/pglite/pglite-gate.ts'

const noSpace = Object.assign(new Error('could not write to file "pg_wal/xlogtemp.42": No space left on device'), {
  code: '53100',
  severity: 'PANIC',
})

/** An instance that answers each query with what is given, and counts. */
function instance(answers: readonly (Error | 'rows')[]): {
  readonly pglite: PGlite
  readonly asked: string[]
  readonly log: string[]
} {
  const asked: string[] = []
  const log: string[] = []
  const pglite = {
    closed: false,
    async query(sql: string) {
      const answer = answers[asked.length]
      asked.push(sql)
      log.push(`${sql} begins`)
      await new Promise(setImmediate)
      log.push(`${sql} ends`)
      if (answer instanceof Error) throw answer
      return { rows: [], fields: [] }
    },
    close: () => Promise.resolve(void log.push('closed')),
  }
  return { pglite: pglite as unknown as PGlite, asked, log }
}

describe('the gate of a PGlite instance', () => {
  it('D1: lets one query in at a time', async () => {
    const { pglite, log } = instance(['rows', 'rows'])
    const gate = new PGliteGate(pglite)
    await Promise.all([gate.query('one'), gate.query('other')])
    expect(log).toEqual(['one begins', 'one ends', 'other begins', 'other ends'])
  })

  it('D2: lets nothing in after a PANIC, and closes nothing', async () => {
    const { pglite, asked, log } = instance([noSpace])
    const gate = new PGliteGate(pglite)
    const first = gate.query('one')
    const waiting = gate.query('two')
    await expect(first).rejects.toBe(noSpace)
    await expect(waiting).rejects.toMatchObject({ code: 'disk-full' })
    await expect(gate.query('three')).rejects.toMatchObject({
      code: 'disk-full',
      hint: expect.stringContaining('Start again'),
    })
    await gate.close()
    expect(asked).toEqual(['one'])
    expect(log).not.toContain('closed')
  })

  it('goes on after an error that is no PANIC', async () => {
    const { pglite, asked } = instance([
      Object.assign(new Error('syntax'), { code: '42601', severity: 'ERROR' }),
      'rows',
    ])
    const gate = new PGliteGate(pglite)
    await expect(gate.query('one')).rejects.toThrow('syntax')
    await gate.query('two')
    await gate.close()
    expect(asked).toEqual(['one', 'two'])
  })
})
