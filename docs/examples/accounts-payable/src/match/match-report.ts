import { z } from 'zod'
import { Identifier, type Invoice } from '../invoice/invoice.ts'
import { receiptsFor } from '../master/goods-receipt.ts'
import { Approver, approverFor, higherApprover } from '../master/approval-limits.ts'
import type { MasterData } from '../master/master-data.ts'
import type { PurchaseOrder } from '../master/purchase-order.ts'
import { findSupplier, type Supplier } from '../master/supplier.ts'
import { checkCostAccount } from '../model/check-cost-account.ts'
import type { FoundOrder } from '../tools/find-order.ts'
import type { Booked } from './booked-order.ts'
import { Deviation, Missing, type Match } from './deviation.ts'
import { match } from './match.ts'
import { Refusal, refusalOf } from './refusal.ts'
import { settlementOf } from './settlement-of.ts'
import { Settlement } from './settlement.ts'

/** The most that a report lists; the document has the rest, and a task carries references. */
const mostListed = 10

/** What a comparison comes to: all that the graph decides on. Nothing in it was written by a model. */
export const MatchReport = z.strictObject({
  supplier: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  order: Identifier.nullable(),
  orderNamedBy: z.enum(['document', 'note', 'nobody']),
  /** The proposed account, if the lines bear it out. */
  costAccount: z.string().nullable(),
  deviations: z.array(Deviation).max(mostListed),
  moreDeviations: z.int(),
  missing: z.array(Missing).max(mostListed),
  refusal: Refusal.nullable(),
  approver: Approver,
  settlement: Settlement,
})

export type MatchReport = z.infer<typeof MatchReport>

interface Compared {
  readonly invoice: Invoice
  readonly document: string
  readonly order: PurchaseOrder | undefined
  readonly namedBy: FoundOrder['namedBy']
  readonly costAccount: string | null
  readonly master: MasterData
  readonly booked: Booked
}

/** Compares and says what follows: a refusal, or who must approve which exact settlement. Pure. */
export function reportOn(compared: Compared): MatchReport {
  const { invoice, document, namedBy, master, booked } = compared
  const supplier = findSupplier(invoice, master.suppliers)
  const { order, matched } = proven(compared, supplier)
  const account = checkCostAccount(compared.costAccount, invoice)
  const missing = [...matched.missing, ...(account.missing === null ? [] : [account.missing])]
  const settlement = settlementOf({ invoice, document, supplier, order, booked })
  const byRule = approverFor(invoice, { deviations: matched.deviations, missing }, master.limits)
  return {
    supplier: supplier === undefined ? null : { id: supplier.id, name: supplier.name },
    order: order?.number ?? null,
    orderNamedBy: namedBy,
    costAccount: account.account,
    deviations: matched.deviations.slice(0, mostListed).map(shortened),
    moreDeviations: Math.max(0, matched.deviations.length - mostListed),
    missing: missing.slice(0, mostListed).map((each) => ({ ...each, message: each.message.slice(0, 300) })),
    refusal: refusalOf({ invoice, document, supplier, deviations: matched.deviations, booked }),
    approver: isOrdinary(invoice, settlement) ? byRule : higherApprover(byRule, 'controller'),
    settlement,
  }
}

/** An order that was only understood from a note counts if the comparison with it proves it, and not otherwise. */
function proven(
  { invoice, order, namedBy, master }: Compared,
  supplier: Supplier | undefined,
): { order: PurchaseOrder | undefined; matched: Match } {
  const matchedWith = (one: PurchaseOrder | undefined) =>
    match(invoice, one, receiptsFor(one?.number ?? '', master.receipts), supplier)
  const matched = matchedWith(order)
  if (namedBy !== 'note' || matched.deviations.length + matched.missing.length === 0) return { order, matched }
  return { order: undefined, matched: matchedWith(undefined) }
}

/** Only an invoice that is owed and a credit note that grants something may be settled without a person. */
function isOrdinary({ kind }: Invoice, settlement: Settlement): boolean {
  return settlement.tool === 'pay' || (settlement.arguments.kind === 'credit' && kind === 'credit-note')
}

function shortened(deviation: Deviation): Deviation {
  const { path, expected, actual } = deviation
  return { ...deviation, path: path.slice(0, 300), expected: expected.slice(0, 200), actual: actual.slice(0, 200) }
}
