import { Big } from 'big.js'
import { z } from 'zod'
import { Money } from '../invoice/decimal.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { Match } from '../match/deviation.ts'

/** For each currency, the amount above which a person must approve. */
export const ApprovalLimits = z.record(z.string().length(3), z.strictObject({ controllerAbove: Money, chiefFinancialOfficerAbove: Money }))

export type ApprovalLimits = z.infer<typeof ApprovalLimits>
export type Approver = 'nobody' | 'controller' | 'chief-financial-officer'

/**
 * Who must approve before this is settled: nobody only within limits, in a currency with limits, with nothing
 * deviating and nothing missing. A deviation that is a refusal has no approver; look for those first.
 */
export function approverFor(invoice: Invoice, match: Match, limits: ApprovalLimits): Approver {
  const limit = limits[invoice.currency]
  if (limit === undefined) return 'chief-financial-officer'
  const payable = new Big(invoice.total.payable).abs()
  if (payable.gt(limit.chiefFinancialOfficerAbove)) return 'chief-financial-officer'
  if (payable.gt(limit.controllerAbove)) return 'controller'
  return match.deviations.length + match.missing.length > 0 ? 'controller' : 'nobody'
}
