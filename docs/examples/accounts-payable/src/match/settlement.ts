import { z } from 'zod'
import { BookEntry } from '../books/book-entry.ts'
import type { Approver } from '../master/approval-limits.ts'
import { PayInput } from '../tools/pay.ts'

/** How a document would be settled: the tool and its exact arguments, but for who approves. */
export const Settlement = z.discriminatedUnion('tool', [
  z.strictObject({ tool: z.literal('pay'), arguments: PayInput.omit({ approver: true }) }),
  z.strictObject({ tool: z.literal('book'), arguments: BookEntry.omit({ approver: true }) }),
])

export type Settlement = z.infer<typeof Settlement>

/** The exact arguments of the payment when this person, or nobody, has to approve it. */
export function payArguments(settlement: Settlement, approver: Approver): PayInput {
  if (settlement.tool !== 'pay') throw new TypeError('this document is not paid')
  return { ...settlement.arguments, approver }
}

/** The exact arguments of the entry when this person, or nobody, has to approve it. */
export function bookArguments(settlement: Settlement, approver: Approver): BookEntry {
  if (settlement.tool !== 'book') throw new TypeError('this document is not booked')
  return { ...settlement.arguments, approver }
}
