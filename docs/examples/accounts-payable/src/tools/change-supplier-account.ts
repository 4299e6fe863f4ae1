import { tool } from 'roster'
import { z } from 'zod'
import { AccountChange } from '../books/account-change.ts'
import { deskBooks } from '../books/desk-books.ts'
import { chiefFinancialOfficer } from '../people.ts'

/** Where a supplier's money goes. No policy grants it to anybody: an account is changed by a person who has called the supplier. */
export const changeSupplierAccount = tool('change-supplier-account@1.0.0', {
  owner: chiefFinancialOfficer,
  description: 'Changes the bank account of a supplier.',
  input: AccountChange,
  output: z.strictObject({ changed: z.boolean() }),
  consequential: true,
  idempotent: true,
  integrity: 'trusted',
  run: async (change, { idempotencyKey }) => {
    const { kind } = await deskBooks().accountChanges.enter(idempotencyKey, change)
    return { changed: kind === 'entered' }
  },
})
