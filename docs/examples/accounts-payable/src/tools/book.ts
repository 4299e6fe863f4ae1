import { tool } from 'roster'
import { z } from 'zod'
import { BookEntry } from '../books/book-entry.ts'
import { deskBooks } from '../books/desk-books.ts'
import { approverForAmount, higherApprover } from '../master/approval-limits.ts'
import { masterData } from '../master/master-data.ts'
import { chiefFinancialOfficer } from '../people.ts'

export const BookResult = z.strictObject({ kind: z.enum(['entered', 'known']) })

export const book = tool('book@1.0.0', {
  owner: chiefFinancialOfficer,
  description: 'Enters a credit, or what a person settles by hand, into the books.',
  input: BookEntry,
  output: BookResult,
  consequential: true,
  idempotent: true,
  integrity: 'trusted',
  gate: ({ kind, amount, currency, approver }) => {
    const least = kind === 'credit' ? approver : higherApprover(approver, 'controller')
    const role = higherApprover(least, approverForAmount(amount, currency, masterData.limits))
    return role === 'nobody'
      ? null
      : { role, because: `a ${kind} of ${amount} ${currency} needs the consent of the ${role}` }
  },
  run: async (entry, { idempotencyKey }) => {
    const { kind } = await deskBooks().entries.enter(idempotencyKey, entry)
    return { kind }
  },
})
