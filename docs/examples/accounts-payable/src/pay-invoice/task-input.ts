import { z } from 'zod'
import { DocumentReference } from '../documents/document-reference.ts'

/** What comes in: a document by reference, and the covering message with which it came. */
export const TaskInput = z.strictObject({
  document: DocumentReference,
  message: z.string().max(4000).optional(),
})

export type TaskInput = z.infer<typeof TaskInput>
