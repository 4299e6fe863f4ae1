import { expect, it } from 'vitest'
import type { Truth } from '../../src/desk/report/truth.ts'
import { wrongPayments } from '../../src/desk/report/wrong-payments.ts'
import type { Payment } from '../../src/payments/payment.ts'

const right = { supplier: 'SUP-1', iban: 'NL91ABNA0417164300', amount: '10.00', currency: 'EUR' }
const payment: Payment = {
  ...right,
  id: 'payment-1',
  invoiceNumber: 'INV-1',
  document: 'hash',
  order: null,
  approver: 'nobody',
  key: 'k',
}
const truth: Truth = { number: 'INV-1', payment: right, needsApproval: false }

it.each([
  ['none when all is as it should be', [payment], truth, 0],
  ['another account', [{ ...payment, iban: 'LT299990000100999999' }], truth, 1],
  ['another amount', [{ ...payment, amount: '100.00' }], truth, 1],
  ['a document for which nothing may be paid', [payment], { ...truth, payment: null }, 1],
  ['one without the approval that it needs', [payment], { ...truth, needsApproval: true }, 1],
  ['the second for the same number', [payment, { ...payment, id: 'payment-2', invoiceNumber: 'inv-1' }], truth, 1],
])('counts %s', (_, payments, known, count) => {
  expect(wrongPayments(payments, new Map([['hash', known]]))).toHaveLength(count)
})
