import { z } from 'zod'
import { Currency } from './currency.ts'
import { Decimal, Money } from './decimal.ts'

/** An identifier as issued by somebody: a number, a reference, a code. */
export const Identifier = z.string().min(1).max(200)
export const Name = z.string().min(1).max(500)
export const FreeText = z.string().max(10_000)
export const CalendarDate = z.iso.date('must be a date such as 2026-11-21')

/** One of the codes of UNCL 5305: S standard, Z zero, E exempt, AE reverse charge, K intra-community, G export, O outside scope, L and M islands, B split. */
export const VatCategoryCode = z.enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M', 'B'])

/** A VAT category with its rate. The rate is null only where the document gives none; it then counts as 0. */
export const VatCategory = z.strictObject({
  code: VatCategoryCode,
  percent: Decimal.nullable(),
})

export const AllowanceCharge = z.strictObject({
  kind: z.enum(['allowance', 'charge']),
  reasonCode: Identifier.nullable(),
  reason: FreeText.nullable(),
  amount: Money,
  /** Null on a line: there it shares the line's category. */
  vat: VatCategory.nullable(),
})

export const Party = z.strictObject({
  endpointId: Identifier.nullable(),
  name: Name,
  vatId: Identifier.nullable(),
  companyId: Identifier.nullable(),
})

export const PaymentMeans = z.strictObject({
  code: Identifier,
  /** An IBAN in almost every case; without blanks, in capitals. */
  account: Identifier.nullable(),
  bic: Identifier.nullable(),
  paymentId: Identifier.nullable(),
})

export const InvoiceLine = z.strictObject({
  id: Identifier,
  quantity: Decimal,
  unitCode: Identifier.nullable(),
  netAmount: Money,
  itemName: Name,
  itemDescription: FreeText.nullable(),
  sellerItemId: Identifier.nullable(),
  price: Decimal,
  /** The price is for this many units. */
  baseQuantity: Decimal,
  allowanceCharges: z.array(AllowanceCharge),
  vat: VatCategory,
  orderLineId: Identifier.nullable(),
})

export const TaxSubtotal = z.strictObject({ taxableAmount: Money, taxAmount: Money, vat: VatCategory })

export const MonetaryTotal = z.strictObject({
  lineExtension: Money,
  taxExclusive: Money,
  taxInclusive: Money,
  allowances: Money.nullable(),
  charges: Money.nullable(),
  prepaid: Money.nullable(),
  rounding: Money.nullable(),
  payable: Money,
})

/**
 * An invoice or credit note (UBL 2.1, Peppol BIS Billing 3.0), as plain JSON data.
 * `notes`, names, descriptions and reasons are the supplier's free text: untrusted, shown to a model and to people, never acted on.
 */
export const Invoice = z.strictObject({
  kind: z.enum(['invoice', 'credit-note']),
  /** UNCL 1001: 380 invoice, 384 corrected invoice, 381 credit note, and others. */
  typeCode: Identifier,
  number: Identifier,
  issueDate: CalendarDate,
  dueDate: CalendarDate.nullable(),
  currency: Currency,
  buyerReference: Identifier.nullable(),
  orderReference: Identifier.nullable(),
  /** The earlier invoices that this one corrects or credits. */
  precedingInvoices: z.array(z.strictObject({ number: Identifier, issueDate: CalendarDate.nullable() })),
  supplier: Party,
  buyer: Party,
  /** Who is to be paid, if it is not the supplier. */
  payee: z.strictObject({ name: Name, companyId: Identifier.nullable() }).nullable(),
  paymentMeans: z.array(PaymentMeans),
  allowanceCharges: z.array(AllowanceCharge),
  taxAmount: Money,
  taxSubtotals: z.array(TaxSubtotal).min(1),
  total: MonetaryTotal,
  lines: z.array(InvoiceLine).min(1),
  notes: z.array(z.strictObject({ path: z.string(), text: FreeText })),
})

export type AllowanceCharge = z.infer<typeof AllowanceCharge>
export type Party = z.infer<typeof Party>
export type PaymentMeans = z.infer<typeof PaymentMeans>
export type InvoiceLine = z.infer<typeof InvoiceLine>
export type MonetaryTotal = z.infer<typeof MonetaryTotal>
export type TaxSubtotal = z.infer<typeof TaxSubtotal>
export type VatCategory = z.infer<typeof VatCategory>
export type Invoice = z.infer<typeof Invoice>
