import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { shippedPath } from '../../src/documents/shipped.ts'
import { documentManifest } from '../../src/documents/manifest.ts'
import { outcomesIn, runProgram, summaryOf } from './program.ts'

const threeMinutesEach = 180_000
const alone = documentManifest.documents.filter(({ file }) => !/^(01|07)-/.test(file))
const expectedOutcomes = {
  ...Object.fromEntries(alone.map(({ file, expected }) => [file, expected.outcome])),
  'with one number': 'paid, refused',
}
const counts = { paid: 12, credited: 1, declined: 2, refused: 3 }

async function paidInvoices(folder: string): Promise<readonly string[]> {
  const lines = (await readFile(join(folder, 'payments.jsonl'), 'utf8')).trim().split('\n')
  return lines.map((line) => (JSON.parse(line) as { invoiceNumber: string }).invoiceNumber)
}

it(
  'puts the desk to work, ends as the manifest says, and finds nothing to do the second time',
  { timeout: 3 * threeMinutesEach },
  async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const first = await runProgram(folder.path, [])
    expect(first.errors).toBe('')
    expect(outcomesIn(first)).toEqual(expectedOutcomes)
    expect(summaryOf(first)).toEqual({
      type: 'summary',
      tasks: 18,
      outcomes: counts,
      approvals: 6,
      denials: 1,
      records: expect.any(Number),
      costMicroUsd: expect.any(Number),
      modelRight: 1,
      deskRight: 1,
      wrongPayments: 0,
      verified: true,
      seconds: expect.any(Number),
    })
    const second = await runProgram(folder.path, [shippedPath('01-within-limits.xml')])
    expect(second.lines.map(({ type }) => type)).toContain('nothing-left')
    expect(summaryOf(second)).toMatchObject({ tasks: 18, outcomes: counts, records: summaryOf(first).records })
    expect([first.code, second.code]).toEqual([0, 0])
  },
)

it(
  'is killed at five moments, and ends every task and makes every payment once',
  { timeout: 6 * threeMinutesEach },
  async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const moments = [3, 17, 66, 138, 199]
    for (const moment of moments) await runProgram(folder.path, [], moment)
    const last = await runProgram(folder.path, [])
    expect({ moments, errors: last.errors }).toEqual({ moments, errors: '' })
    expect({ moments, ...outcomesIn(last) }).toEqual({ moments, ...expectedOutcomes })
    expect(summaryOf(last)).toMatchObject({
      tasks: 18,
      outcomes: counts,
      wrongPayments: 0,
      deskRight: 1,
      verified: true,
    })
    const paid = await paidInvoices(folder.path)
    expect(paid).toHaveLength(new Set(paid).size)
    expect(paid).toHaveLength(counts.paid)
  },
)

it(
  'is started twice at once: one hosts the team, the other talks to it',
  { timeout: 4 * threeMinutesEach },
  async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
    const both = await Promise.all([runProgram(folder.path, []), runProgram(folder.path, [])])
    expect(both.map(({ code, errors }) => ({ code, errors }))).toEqual([
      { code: 0, errors: '' },
      { code: 0, errors: '' },
    ])
    expect(both.map(outcomesIn)).toEqual([expectedOutcomes, expectedOutcomes])
    expect(await paidInvoices(folder.path)).toHaveLength(counts.paid)
  },
)

it('says what is wrong with a command line', { timeout: threeMinutesEach }, async () => {
  const said = await runProgram(tmpdir(), ['--model-errors', '3'])
  expect(said).toMatchObject({ code: 2, errors: '--model-errors got "3": it takes a share from 0 to 1, such as 0.1\n' })
})
