import type { Invoice } from '../../invoice/invoice.ts'
import { readInvoice } from '../../invoice/read-invoice.ts'
import { masterData } from '../../master/master-data.ts'
import { findSupplier } from '../../master/supplier.ts'
import type { DocumentEntry } from '../../documents/manifest.ts'

/** What a document may cost us, and whom: from its text, the master data and the manifest, without asking what the desk did. */
export interface Truth {
  /** The invoice's number, as the ledger compares it; null if it cannot be read. */
  readonly number: string | null
  /** The only payment that is right; null if nothing may be paid. */
  readonly payment: {
    readonly supplier: string
    readonly iban: string
    readonly amount: string
    readonly currency: string
  } | null
  /** Whether it is right only if a person has approved it. */
  readonly needsApproval: boolean
}

/** The truth about one document. Of one that does not ship with the desk, the account on file is the right one. */
export function truthOf(bytes: Uint8Array, expected: DocumentEntry['expected'] | null): Truth {
  const needsApproval = expected !== null && expected.approver !== 'nobody'
  const result = readInvoice(bytes)
  if (!result.ok) return { number: null, payment: null, needsApproval }
  const { invoice } = result
  return {
    number: invoice.number,
    payment: isRefused(expected) ? null : rightPayment(invoice, expected),
    needsApproval,
  }
}

/** Of two documents with one number either may be the one that is paid. */
function isRefused(expected: DocumentEntry['expected'] | null): boolean {
  return expected?.outcome === 'refused' && expected.refusal !== 'already-paid'
}

function rightPayment(invoice: Invoice, expected: DocumentEntry['expected'] | null): Truth['payment'] {
  const supplier = findSupplier(invoice, masterData.suppliers)
  const iban = expected?.paidTo ?? supplier?.accounts[0]
  if (invoice.kind !== 'invoice' || supplier === undefined || iban === undefined) return null
  return { supplier: supplier.id, iban, amount: invoice.total.payable, currency: invoice.currency }
}
