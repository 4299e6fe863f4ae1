import { tool } from 'roster'
import { z } from 'zod'
import { withChanges } from '../books/account-change.ts'
import { deskBooks } from '../books/desk-books.ts'
import { DocumentReference, openDocument } from '../documents/document-reference.ts'
import { masterData } from '../master/master-data.ts'
import { bookedOrder } from '../match/booked-order.ts'
import { MatchReport, reportOn } from '../match/match-report.ts'
import { CostAccount } from '../model/chart-of-accounts.ts'
import { chiefFinancialOfficer } from '../people.ts'
import { FoundOrder } from './find-order.ts'

export const matchInvoice = tool('match-invoice@1.0.0', {
  owner: chiefFinancialOfficer,
  description:
    'Compares a document with its order, what was received, what is known of the supplier, and what was paid before.',
  input: z.strictObject({ document: DocumentReference, found: FoundOrder, costAccount: CostAccount.nullable() }),
  output: MatchReport,
  consequential: false,
  idempotent: true,
  run: async ({ document, found, costAccount }, context) => {
    const result = await openDocument(document, context)
    if (result.kind === 'faulty')
      throw new Error(`${document.name} was read before and cannot be read now: ${result.error.message}`)
    const { payments, entries, accountChanges } = deskBooks()
    const changes = (await accountChanges.entries()).map(({ entry }) => entry)
    const booked = { payments: await payments.payments(), entries: (await entries.entries()).map(({ entry }) => entry) }
    return reportOn({
      invoice: result.invoice,
      document: document.hash,
      order: await bookedOrder(found.order, booked, context),
      namedBy: found.namedBy,
      costAccount,
      master: { ...masterData, suppliers: withChanges(masterData.suppliers, changes) },
      booked,
    })
  },
})
