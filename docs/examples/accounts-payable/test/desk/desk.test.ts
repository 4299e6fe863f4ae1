import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outcomeWord } from '../../src/desk/work.ts'
import { documentManifest } from '../../src/documents/manifest.ts'
import { wholeDesk } from './rehearsed-desk.ts'

describe('the desk', () => {
  it('ends every document as the manifest says, and says who refused what', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const { ends, summary, denials, replay } = await wholeDesk(folder.path)
    const expected = documentManifest.documents.map(({ file, expected: { outcome, refusal } }) => [
      file,
      outcome,
      refusal,
    ])
    const actual = ends.map(({ work, summary: task }) => [
      work.incoming.name,
      task && outcomeWord(task),
      task?.error?.code ?? null,
    ])
    expect(actual).toEqual(expected)
    expect(summary).toMatchObject({
      tasks: 18,
      approvals: 6,
      denials: 1,
      modelRight: 1,
      deskRight: 1,
      wrongPayments: 0,
      verified: true,
    })
    expect(denials).toMatchObject([
      { document: '17-note-asks-for-a-tool.xml', who: 'agent/clerk', what: 'tool/change-supplier-account' },
    ])
    expect(replay).toMatchObject({ document: '08-bank-account-changed.xml', verified: true })
    expect(replay?.states.at(-1)).toMatchObject({ state: 'refused' })
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('makes no wrong payment with a model that errs, seed %i', async (seed) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const errors = seed / 10
    const { summary, isGood } = await wholeDesk(folder.path, { errors, seed })
    expect(summary).toMatchObject({ wrongPayments: 0, deskRight: 1, verified: true })
    expect(summary.modelRight).toBeLessThan(1)
    expect(isGood).toBe(true)
  })

  it('makes no wrong payment with a model that is never right', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const { summary } = await wholeDesk(folder.path, { errors: 1, seed: 7 })
    expect(summary).toMatchObject({ wrongPayments: 0, deskRight: 1, modelRight: 0 })
  })
})
