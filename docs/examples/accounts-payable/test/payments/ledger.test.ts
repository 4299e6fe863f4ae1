import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/payments/ledger.ts'
import type { LedgerStorage } from '../../src/payments/ledger.ts'
import { memoryStorage } from '../../src/payments/memory-storage.ts'

const request = {
  supplier: 'SUP-1',
  iban: 'NL91ABNA0417164300',
  amount: '10.00',
  currency: 'EUR',
  document: 'd',
  order: null,
  approver: 'nobody' as const,
  invoiceNumber: 'INV-1',
  key: 'k-1',
}
const other = { ...request, invoiceNumber: 'INV-2', key: 'k-2' }
const linesIn = async (storage: LedgerStorage) => (await storage.read()).split('\n').slice(0, -1)

describe('the payments ledger', () => {
  it('L2: gives the same key the first payment again, and writes no second line', async () => {
    const storage = memoryStorage()
    const ledger = openLedger(storage)
    const first = await ledger.pay(request)
    expect(first).toEqual({ kind: 'paid', payment: { id: 'payment-1', ...request } })
    expect(await ledger.pay(request)).toEqual(first)
    expect(await linesIn(storage)).toHaveLength(1)
  })

  it('L2: says so when a key comes with other arguments', async () => {
    const ledger = openLedger(memoryStorage())
    await ledger.pay(request)
    expect(await ledger.pay({ ...request, amount: '11.00' })).toMatchObject({ kind: 'key-reused', payment: request })
  })

  it('L3: pays an invoice once, whatever the key, the amount or the writing of the number', async () => {
    const ledger = openLedger(memoryStorage())
    const payment = { id: 'payment-1', ...request }
    await ledger.pay(request)
    expect(await ledger.pay({ ...request, key: 'k-2' })).toEqual({ kind: 'already-paid', payment })
    expect(await ledger.pay({ ...request, key: 'k-3', invoiceNumber: ' inv-1', amount: '9.00' })).toEqual({
      kind: 'already-paid',
      payment,
    })
  })

  it('L3: pays the same number of two suppliers', async () => {
    const ledger = openLedger(memoryStorage())
    await ledger.pay(request)
    expect(await ledger.pay({ ...request, supplier: 'SUP-2', key: 'k-2' })).toMatchObject({ kind: 'paid' })
  })

  it('L3: pays once when sixty-four ask at the same time', async () => {
    const storage = memoryStorage()
    const ledger = openLedger(storage)
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, index) => ledger.pay({ ...request, key: `k-${index}` })),
    )
    expect(results.filter(({ kind }) => kind === 'paid')).toHaveLength(1)
    expect(await linesIn(storage)).toHaveLength(1)
  })

  it('L4: pays nothing on a comparison with an order that another payment has taken from since', async () => {
    const ledger = openLedger(memoryStorage())
    const order = { number: 'PO-1', paymentsBefore: 0 }
    await ledger.pay({ ...request, order })
    expect(await ledger.pay({ ...other, order })).toEqual({ kind: 'order-changed' })
    expect(await ledger.pay({ ...other, order: { ...order, paymentsBefore: 1 } })).toMatchObject({ kind: 'paid' })
  })

  it('L5: cuts off a torn last line, wherever it was torn, and pays it when it is asked again', async () => {
    const whole = memoryStorage()
    const written = openLedger(whole)
    await written.pay(request)
    await written.pay(other)
    const text = await whole.read()
    for (let end = text.indexOf('\n') + 1; end < text.length; end += 1) {
      const storage = memoryStorage(text.slice(0, end))
      const ledger = openLedger(storage)
      expect(await ledger.pay(other)).toMatchObject({ kind: 'paid', payment: { id: 'payment-2' } })
      expect(await storage.read()).toBe(text)
    }
  })

  it('L5: pays nothing while a line before the last is damaged', async () => {
    const ledger = openLedger(memoryStorage('{"id":"payment-1"}\n'))
    await expect(ledger.pay(request)).rejects.toThrow('line 1 of the payments ledger is damaged')
    await expect(ledger.pay(request)).rejects.toThrow('line 1')
  })

  it('L6: reads again after an append of unknown outcome, and gives what was written', async () => {
    const storage = memoryStorage()
    let failures = 1
    const failing: LedgerStorage = {
      ...storage,
      append: async (text) => {
        await storage.append(text)
        if (failures-- > 0) throw new Error('no answer from the disk')
      },
    }
    const ledger = openLedger(failing)
    await expect(ledger.pay(request)).rejects.toThrow('no answer from the disk')
    expect(await ledger.pay(request)).toMatchObject({ kind: 'paid', payment: { id: 'payment-1' } })
    expect(await linesIn(storage)).toHaveLength(1)
  })

  it('L6: mends what a full disk left half written', async () => {
    const storage = memoryStorage()
    let failures = 1
    const full: LedgerStorage = {
      ...storage,
      append: async (text) => {
        if (failures-- <= 0) return storage.append(text)
        await storage.append(text.slice(0, 20))
        throw new Error('no space left')
      },
    }
    const ledger = openLedger(full)
    await expect(ledger.pay(request)).rejects.toThrow('no space left')
    expect(await ledger.pay(other)).toMatchObject({ kind: 'paid', payment: { id: 'payment-1' } })
    expect(await linesIn(storage)).toHaveLength(1)
  })

  it.each([
    ['an amount of zero', { amount: '0.00' }],
    ['a negative amount', { amount: '-1.00' }],
    ['no IBAN', { iban: 'here' }],
    ['an unknown currency', { currency: 'EUX' }],
    ['no key', { key: '' }],
  ])('takes no request with %s', async (_, wrong) => {
    const storage = memoryStorage()
    await expect(openLedger(storage).pay({ ...request, ...wrong })).rejects.toThrow()
    expect(await storage.read()).toBe('')
  })
})
