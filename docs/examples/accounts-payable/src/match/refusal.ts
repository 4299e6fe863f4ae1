import { z } from 'zod'
import { isSameCredit } from '../books/book-entry.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { ublPath } from '../invoice/ubl-path.ts'
import type { Supplier } from '../master/supplier.ts'
import { invoiceKey } from '../payments/payment.ts'
import type { Booked } from './booked-order.ts'
import type { Deviation } from './deviation.ts'

/** Why no approval can let this be settled. */
export const Refusal = z.strictObject({ code: z.string(), path: z.string(), message: z.string(), hint: z.string() })

export type Refusal = z.infer<typeof Refusal>

interface Facts {
  readonly invoice: Invoice
  readonly document: string
  readonly supplier: Supplier | undefined
  readonly deviations: readonly Deviation[]
  readonly booked: Booked
}

/** The first reason to refuse, or none. */
export function refusalOf(facts: Facts): Refusal | null {
  return accountChanged(facts) ?? alreadyPaid(facts) ?? alreadyBooked(facts)
}

/** The number of an invoice that was paid before. */
export function alreadyPaidAs(number: string, payment: string, path = '/Invoice/cbc:ID'): Refusal {
  const message = `invoice ${number} of this supplier was paid before (${payment})`
  const hint = 'look for the first one; if this is another invoice, the supplier must give it a number of its own'
  return { code: 'already-paid', path, message, hint }
}

/** The number of a credit that was booked before. */
export function alreadyBookedAs(number: string, path = '/CreditNote/cbc:ID'): Refusal {
  return {
    code: 'already-booked',
    path,
    message: `credit ${number} of this supplier was booked before`,
    hint: 'nothing needs to be done',
  }
}

function accountChanged({ deviations, supplier }: Facts): Refusal | null {
  const found = deviations.find(({ consequence }) => consequence === 'refusal')
  if (found === undefined) return null
  const message = `${found.actual} is not an account of ${supplier?.name ?? 'the supplier'} that is on file (${found.expected})`
  const hint =
    'call the supplier on a number that you know; a person changes the record first, then the invoice is given again'
  return { code: found.code, path: found.path, message, hint }
}

function alreadyPaid({ invoice, supplier, booked }: Facts): Refusal | null {
  if (supplier === undefined || invoice.kind !== 'invoice') return null
  const key = invoiceKey(supplier.id, invoice.number)
  const earlier = booked.payments.find((payment) => invoiceKey(payment.supplier, payment.invoiceNumber) === key)
  return earlier === undefined ? null : alreadyPaidAs(invoice.number, earlier.id, `${ublPath.root(invoice)}/cbc:ID`)
}

function alreadyBooked({ invoice, document, supplier, booked }: Facts): Refusal | null {
  if (supplier === undefined) return null
  const { number: invoiceNumber, currency, total } = invoice
  const entry = {
    kind: 'credit',
    document,
    supplier: supplier.id,
    invoiceNumber,
    amount: total.payable,
    currency,
    order: null,
    approver: 'nobody',
  } as const
  return booked.entries.some((each) => isSameCredit(each, entry))
    ? alreadyBookedAs(invoiceNumber, `${ublPath.root(invoice)}/cbc:ID`)
    : null
}
