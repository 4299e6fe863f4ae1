import { Currency } from './currency.ts'
import { atLeastOne, excerpt, fieldFault, optionalText, required, requiredText } from './field.ts'
import { fileFault } from './invoice-error.ts'
import { CalendarDate, FreeText, Identifier } from './invoice.ts'
import type { Invoice, MonetaryTotal } from './invoice.ts'
import { optionalMoney, requiredMoney } from './number-field.ts'
import { readDocumentAllowanceCharge, readLine, readTaxSubtotal } from './read-line.ts'
import { readParty, readPayee, readPaymentMeans } from './read-party.ts'
import { childrenOf, elementAt, pathOf } from './xml-element.ts'
import type { XmlElement } from './xml-element.ts'

const ublNamespace = /^urn:oasis:names:specification:ubl:schema:xsd:(\w+)-2$/

/** Reads an Invoice or CreditNote element, in the order of the invoice's own fields. Throws an `InvoiceFault`. */
export function readDocument(root: XmlElement): Invoice {
  const kind = kindOf(root)
  const currency = currencyOf(root)
  const taxTotal = taxTotalIn(root, currency)
  return {
    kind,
    typeCode: requiredText(root, kind === 'invoice' ? 'cbc:InvoiceTypeCode' : 'cbc:CreditNoteTypeCode', Identifier),
    number: requiredText(root, 'cbc:ID', Identifier),
    issueDate: requiredText(root, 'cbc:IssueDate', CalendarDate),
    dueDate:
      optionalText(root, 'cbc:DueDate', CalendarDate) ??
      optionalText(root, 'cac:PaymentMeans/cbc:PaymentDueDate', CalendarDate),
    currency,
    buyerReference: optionalText(root, 'cbc:BuyerReference', Identifier),
    orderReference: optionalText(root, 'cac:OrderReference/cbc:ID', Identifier),
    precedingInvoices: precedingInvoices(root),
    supplier: readParty(required(root, 'cac:AccountingSupplierParty/cac:Party')),
    buyer: readParty(required(root, 'cac:AccountingCustomerParty/cac:Party')),
    payee: readPayee(root),
    paymentMeans: childrenOf(root, 'cac:PaymentMeans').map(readPaymentMeans),
    allowanceCharges: childrenOf(root, 'cac:AllowanceCharge').map((element) =>
      readDocumentAllowanceCharge(element, currency),
    ),
    taxAmount: requiredMoney(taxTotal, 'cbc:TaxAmount', currency),
    taxSubtotals: atLeastOne(taxTotal, 'cac:TaxSubtotal').map((element) => readTaxSubtotal(element, currency)),
    total: readTotal(required(root, 'cac:LegalMonetaryTotal'), currency),
    lines: atLeastOne(root, kind === 'invoice' ? 'cac:InvoiceLine' : 'cac:CreditNoteLine').map((element) =>
      readLine(element, currency),
    ),
    notes: notesIn(root),
  }
}

function kindOf(root: XmlElement): Invoice['kind'] {
  const document = ublNamespace.exec(root.namespace)?.[1]
  if (document === undefined || document !== root.name) {
    throw fileFault(
      'not-ubl',
      `the root element is ${excerpt(root.name)}, in no UBL 2 namespace`,
      'send a UBL 2.1 Invoice or CreditNote',
    )
  }
  if (document === 'Invoice') return 'invoice'
  if (document === 'CreditNote') return 'credit-note'
  throw fileFault(
    'unsupported',
    `the document is a UBL ${excerpt(document)}`,
    'this desk takes Invoice and CreditNote only',
  )
}

function currencyOf(root: XmlElement): string {
  const code = requiredText(root, 'cbc:DocumentCurrencyCode', Identifier)
  if (Currency.safeParse(code).success) return code
  const path = pathOf(required(root, 'cbc:DocumentCurrencyCode'))
  throw fieldFault(
    'currency-unknown',
    path,
    `"${excerpt(code)}" is no ISO 4217 currency code`,
    'ask the supplier which currency is meant',
  )
}

/** A second total, in the currency of the tax authority, is not part of what is owed. */
function taxTotalIn(root: XmlElement, currency: string): XmlElement {
  const totals = atLeastOne(root, 'cac:TaxTotal')
  const ours = totals.find((total) => elementAt(total, 'cbc:TaxAmount')?.attributes.get('currencyID') === currency)
  return ours ?? required(root, 'cac:TaxTotal')
}

function readTotal(total: XmlElement, currency: string): MonetaryTotal {
  return {
    lineExtension: requiredMoney(total, 'cbc:LineExtensionAmount', currency),
    taxExclusive: requiredMoney(total, 'cbc:TaxExclusiveAmount', currency),
    taxInclusive: requiredMoney(total, 'cbc:TaxInclusiveAmount', currency),
    allowances: optionalMoney(total, 'cbc:AllowanceTotalAmount', currency),
    charges: optionalMoney(total, 'cbc:ChargeTotalAmount', currency),
    prepaid: optionalMoney(total, 'cbc:PrepaidAmount', currency),
    rounding: optionalMoney(total, 'cbc:PayableRoundingAmount', currency),
    payable: requiredMoney(total, 'cbc:PayableAmount', currency),
  }
}

function precedingInvoices(root: XmlElement): Invoice['precedingInvoices'] {
  return childrenOf(root, 'cac:BillingReference').flatMap((reference) => {
    const document = elementAt(reference, 'cac:InvoiceDocumentReference')
    if (document === undefined) return []
    const number = requiredText(document, 'cbc:ID', Identifier)
    return [{ number, issueDate: optionalText(document, 'cbc:IssueDate', CalendarDate) }]
  })
}

function notesIn(root: XmlElement): Invoice['notes'] {
  const lines = root.children.filter((child) => /^(Invoice|CreditNote)Line$/.test(child.name))
  return [root, ...childrenOf(root, 'cac:PaymentTerms'), ...lines]
    .flatMap((parent) => childrenOf(parent, 'cbc:Note'))
    .filter((note) => note.text.trim() !== '')
    .map((note) => ({ path: pathOf(note), text: FreeText.parse(note.text.trim().slice(0, 10_000)) }))
}
