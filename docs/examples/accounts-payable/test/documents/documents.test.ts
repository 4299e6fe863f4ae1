import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documentManifest } from '../../src/documents/manifest.ts'
import { invoiceErrorCodes } from '../../src/invoice/invoice-error.ts'
import { parseInvoice } from '../../src/invoice/read-invoice.ts'
import { masterData } from '../../src/master/master-data.ts'
import { openLedger } from '../../src/payments/ledger.ts'
import { memoryStorage } from '../../src/payments/memory-storage.ts'
import { errorIn } from '../reading.ts'
import { documentBytes, settle } from './settle.ts'

const { documents, bad } = documentManifest
const filesIn = (folder: string) =>
  readdirSync(new URL(`../../documents/${folder}`, import.meta.url))
    .filter((file) => file.endsWith('.xml'))
    .toSorted()

describe('the documents', () => {
  it('are all in the manifest, and the manifest names no other', () => {
    expect(documents.map(({ file }) => file)).toEqual(filesIn('.'))
    expect(bad.map(({ file }) => file).toSorted()).toEqual(filesIn('bad'))
  })

  it('end as the manifest says, one after the other', async () => {
    const ledger = openLedger(memoryStorage())
    for (const entry of documents) {
      const { decision: _, deniedTool: __, ...expected } = entry.expected
      expect({ file: entry.file, ...(await settle(entry, masterData, ledger)) }).toEqual({
        file: entry.file,
        ...expected,
      })
    }
    expect(await ledger.payments()).toHaveLength(documents.filter(({ expected }) => expected.outcome === 'paid').length)
  })

  it('end the same in any order, but for the two that have one number', async () => {
    const ledger = openLedger(memoryStorage())
    for (const entry of documents.toReversed()) {
      const { outcome } = await settle(entry, masterData, ledger)
      const twin = { '01-within-limits.xml': 'refused', '07-duplicate-number.xml': 'paid' }[entry.file]
      expect([entry.file, outcome]).toEqual([entry.file, twin ?? entry.expected.outcome])
    }
  })

  it('read as well without adding up, and only one needs that', () => {
    const results = documents.map(({ file }) => parseInvoice(documentBytes(file)))
    expect(results.filter((result) => !result.ok)).toEqual([])
  })

  it('have no account but those on file where money is paid', () => {
    const onFile = masterData.suppliers.flatMap((supplier) => supplier.accounts)
    for (const { expected } of documents) expect([null, ...onFile]).toContain(expected.paidTo)
  })

  it.each(bad)('bad/$file is refused as $code at $path', ({ file, code, path }) => {
    const error = errorIn(documentBytes(`bad/${file}`))
    expect(error).toMatchObject({ code, path })
    expect(error.hint).not.toBe('')
  })

  it('show every code of a bad file, but for the size', () => {
    expect(new Set(bad.map(({ code }) => code))).toEqual(
      new Set(invoiceErrorCodes.filter((code) => code !== 'file-too-large')),
    )
  })
})

describe('the master data', () => {
  it('has orders of known suppliers and receipts of known orders', () => {
    const suppliers = masterData.suppliers.map(({ id }) => id)
    const orders = masterData.orders.map(({ number }) => number)
    for (const order of masterData.orders) expect(suppliers).toContain(order.supplierId)
    for (const receipt of masterData.receipts) expect(orders).toContain(receipt.orderNumber)
    expect(new Set(orders).size).toBe(orders.length)
  })
})
