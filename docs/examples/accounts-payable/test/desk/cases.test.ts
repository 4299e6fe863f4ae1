import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { InboxItem } from 'roster/client'
import { documentManifest } from '../../src/documents/manifest.ts'
import { shippedPath } from '../../src/documents/shipped.ts'
import { outcomeWord } from '../../src/desk/work.ts'
import { invoiceXml } from '../invoice-xml.ts'
import { sampleInvoice, sampleLine } from '../sample-invoice.ts'
import { given, rehearsedDesk } from './rehearsed-desk.ts'

const day = 86_400_000
const temporaryFolder = () => mkdtempDisposable(join(tmpdir(), 'desk-'))

/** A shipped document with some of its text replaced, under a name of its own. */
async function variant(folder: string, file: string, changes: readonly (readonly [string, string])[]): Promise<string> {
  const path = join(folder, `${changes.length}-${changes[0]?.[1].replaceAll(/\W/g, '') ?? ''}-${file}`)
  const text = changes.reduce((so, [from, to]) => so.replaceAll(from, to), await readFile(shippedPath(file), 'utf8'))
  await writeFile(path, text)
  return path
}

type Run = Awaited<ReturnType<typeof rehearsedDesk>>

async function outcomes(run: Run): Promise<readonly string[]> {
  return (await run.operations.tasks()).map((task) => task.error?.code ?? outcomeWord(task))
}

async function inbox(run: Run): Promise<readonly InboxItem[]> {
  return await run.operations.inbox()
}

describe('an invoice', () => {
  it('is not paid again under another number: the order has nothing left to take', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    const again = await variant(folder.path, '01-within-limits.xml', [['NLK-2026-0311', 'NLK-2026-0312']])
    await given(run, [shippedPath('01-within-limits.xml')])
    await given(run, [again])
    expect(await outcomes(run)).toEqual(['paid', 'declined'])
  })

  it('is compared again when another one took from its order meanwhile', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    const again = await variant(folder.path, '01-within-limits.xml', [['NLK-2026-0311', 'NLK-2026-0312']])
    await given(run, [shippedPath('01-within-limits.xml'), again])
    expect((await outcomes(run)).toSorted()).toEqual(['declined', 'paid'])
  })

  it('with hundreds of deviations goes to a person, with the first of them', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path, undefined, 'wait')
    const name = 'Something that was never ordered and has a long name '.repeat(8)
    const lines = Array.from({ length: 300 }, (_, index) =>
      sampleLine({ id: String(index), orderLineId: '9', itemName: name }),
    )
    const path = join(folder.path, 'long.xml')
    await writeFile(path, invoiceXml(sampleInvoice({ lines, orderReference: 'PO-4001', notes: [] })))
    await given(run, [path])
    expect(await inbox(run)).toMatchObject([{ person: 'controller', tool: 'book', question: { moreDeviations: 290 } }])
  })

  it('of an unknown supplier is settled by hand, by the person who takes it', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path, undefined, 'approve')
    await given(run, [shippedPath('14-supplier-unknown.xml')])
    expect(await outcomes(run)).toEqual(['by-hand'])
  })

  it('goes to the chief financial officer when the controller does not decide for two days', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path, undefined, 'wait')
    await given(run, [shippedPath('03-controller-approves.xml')])
    expect(await inbox(run)).toMatchObject([{ person: 'controller', arguments: { approver: 'controller' } }])
    await run.pass(2 * day)
    expect(await inbox(run)).toMatchObject([
      { person: 'chief-financial-officer', arguments: { approver: 'chief-financial-officer' } },
    ])
    await run.pass(12 * day)
    expect(await outcomes(run)).toEqual(['expired'])
  })
})

describe('a faulty file', () => {
  it('ends as refused, with its code, its path and what to do, and the others go on', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    const { bad } = documentManifest
    const works = await given(run, [
      ...bad.map(({ file }) => shippedPath(`bad/${file}`)),
      shippedPath('01-within-limits.xml'),
    ])
    const tasks = await Promise.all(works.map(({ task }) => run.operations.task(task)))
    expect(tasks.map(({ status }) => status)).toEqual([...bad.map(() => 'refused'), 'done'])
    const hint = expect.stringMatching(/./)
    expect(tasks.slice(0, -1).map(({ error }) => error)).toMatchObject(
      bad.map(({ code, path }) => ({ code, path, hint })),
    )
    expect(tasks.find(({ error }) => error?.code === 'totals-wrong')?.about).toEqual([
      expect.stringMatching(/^invoice\//),
    ])
  })
})

describe('a credit note', () => {
  it('is booked once, whatever the document looks like', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    const again = await variant(folder.path, '11-credit-note.xml', [
      ['Six flasks were broken in transit.', 'As agreed.'],
    ])
    await given(run, [shippedPath('11-credit-note.xml')])
    await given(run, [again])
    expect(await outcomes(run)).toEqual(['credited', 'already-booked'])
  })
})
