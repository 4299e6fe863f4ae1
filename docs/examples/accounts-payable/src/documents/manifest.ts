import { z } from 'zod'
import manifest from '../../documents/manifest.json' with { type: 'json' }
import { Approver } from '../master/approval-limits.ts'
import { SupplierRequest } from '../model/clerk-answer.ts'
import { deviationCodes, missingCodes } from '../match/deviation.ts'
import { invoiceErrorCodes } from '../invoice/invoice-error.ts'

/** How a document ends, and why, when the people decide as the script of the manifest has it. */
const Expectation = z.strictObject({
  outcome: z.enum(['paid', 'credited', 'declined', 'refused']),
  approver: Approver,
  decision: z.enum(['approve', 'decline']).nullable(),
  deviations: z.array(z.enum(deviationCodes)),
  missing: z.array(z.enum(missingCodes)),
  /** Why it is refused: a deviation, a fault of the file, or `already-paid` from the ledger. */
  refusal: z.enum([...deviationCodes, ...invoiceErrorCodes, 'already-paid']).nullable(),
  /** The account that is paid, and no other. */
  paidTo: z.string().nullable(),
  requests: z.array(SupplierRequest),
  /** A tool that a gullible agent asks for and is denied. */
  deniedTool: z.string().nullable(),
})

export const DocumentEntry = z.strictObject({
  file: z.string(),
  shows: z.string(),
  /** The covering message with which it came. */
  message: z.string().nullable(),
  expected: Expectation,
})

const BadFileEntry = z.strictObject({
  file: z.string(),
  shows: z.string(),
  code: z.enum(invoiceErrorCodes),
  path: z.string(),
})

export const Manifest = z.strictObject({ documents: z.array(DocumentEntry), bad: z.array(BadFileEntry) })

export type DocumentEntry = z.infer<typeof DocumentEntry>
export type Manifest = z.infer<typeof Manifest>

/** The documents that ship with the desk, in the order in which they arrive. */
export const documentManifest: Manifest = Manifest.parse(manifest)
