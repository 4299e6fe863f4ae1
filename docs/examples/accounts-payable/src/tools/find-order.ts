import { tool } from 'roster'
import { z } from 'zod'
import { DocumentReference, openDocument } from '../documents/document-reference.ts'
import { Identifier } from '../invoice/invoice.ts'
import { masterData } from '../master/master-data.ts'
import { findOrder as orderOf } from '../master/purchase-order.ts'
import { chiefFinancialOfficer } from '../people.ts'

/** An order, and who named it. */
export const FoundOrder = z.strictObject({
  order: Identifier.nullable(),
  namedBy: z.enum(['document', 'note', 'nobody']),
})

export type FoundOrder = z.infer<typeof FoundOrder>

export const findOrder = tool('find-order@1.0.0', {
  owner: chiefFinancialOfficer,
  description: 'Finds the purchase order that a document names, or else the one that was understood from its notes.',
  input: z.strictObject({ document: DocumentReference, understood: Identifier.nullable() }),
  output: FoundOrder,
  consequential: false,
  idempotent: true,
  run: async ({ document, understood }, context) => {
    const result = await openDocument(document, context)
    const named = result.kind === 'read' ? result.invoice.orderReference : null
    const order = orderOf(named ?? understood, masterData.orders)?.number ?? null
    const namedBy = named !== null ? 'document' : understood !== null ? 'note' : 'nobody'
    return { order, namedBy } as const
  },
})
