import { Big } from 'big.js'
import { z } from 'zod'
import { Money } from '../invoice/decimal.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { Match } from '../match/deviation.ts'

/** For each currency, the amount above which a person must approve. */
export const ApprovalLimits = z.record(
  z.string().length(3),
  z.strictObject({ controllerAbove: Money, chiefFinancialOfficerAbove: Money }),
)

export type ApprovalLimits = z.infer<typeof ApprovalLimits>

/** Who must consent, by role. */
export const Approver = z.enum(['nobody', 'controller', 'chief-financial-officer'])
export type Approver = z.infer<typeof Approver>

/** Who must approve an amount, whatever it is for. In a currency without limits it is always the chief financial officer. */
export function approverForAmount(amount: string, currency: string, limits: ApprovalLimits): Approver {
  const limit = limits[currency]
  if (limit === undefined) return 'chief-financial-officer'
  const absolute = new Big(amount).abs()
  if (absolute.gt(limit.chiefFinancialOfficerAbove)) return 'chief-financial-officer'
  return absolute.gt(limit.controllerAbove) ? 'controller' : 'nobody'
}

/** The one of both who may approve more. */
export function higherApprover(one: Approver, other: Approver): Approver {
  return Approver.options.indexOf(one) > Approver.options.indexOf(other) ? one : other
}

/**
 * Who must approve before this is settled: nobody only within limits, in a currency with limits, with nothing
 * deviating and nothing missing. A deviation that is a refusal has no approver; look for those first.
 */
export function approverFor(invoice: Invoice, match: Match, limits: ApprovalLimits): Approver {
  const byAmount = approverForAmount(invoice.total.payable, invoice.currency, limits)
  return match.deviations.length + match.missing.length > 0 ? higherApprover(byAmount, 'controller') : byAmount
}
