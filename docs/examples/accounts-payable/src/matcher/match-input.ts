import { z } from 'zod'
import { DocumentReference } from '../documents/document-reference.ts'
import { Identifier } from '../invoice/invoice.ts'
import { CostAccount } from '../model/chart-of-accounts.ts'

/** What is to be compared, with what the clerk's model made of it: an order and an account that still have to prove themselves. */
export const MatchInput = z.strictObject({
  document: DocumentReference,
  understood: Identifier.nullable(),
  costAccount: CostAccount.nullable(),
})

export type MatchInput = z.infer<typeof MatchInput>
