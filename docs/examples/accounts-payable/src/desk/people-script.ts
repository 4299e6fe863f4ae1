import { documentManifest, type DocumentEntry } from '../documents/manifest.ts'
import { readShipped } from '../documents/shipped.ts'
import type { InboxItem } from 'roster/client'

/** What the script knows of a document: its number and amount, and how its people decide. */
interface Known {
  readonly amount: string
  readonly entry: DocumentEntry
}

let byNumber: ReadonlyMap<string, Known> | undefined

/**
 * Plays the people: decides on the shipped documents as the manifest has it. What it does not know is approved when only its amount
 * brings it to a person, and declined when something deviates or is missing.
 */
export function people({ about, arguments: args, question }: InboxItem): 'approved' | 'declined' | undefined {
  byNumber ??= knownDocuments()
  const number = about.find((key) => key.startsWith('invoice/'))?.slice('invoice/'.length) ?? ''
  const known = byNumber.get(number)
  if (known !== undefined && known.amount === (args as { amount?: string }).amount) return decisionFor(known.entry)
  const { deviations = [], missing = [] } = question as {
    deviations?: readonly unknown[]
    missing?: readonly unknown[]
  }
  return deviations.length + missing.length === 0 ? 'approved' : 'declined'
}

function decisionFor({ expected: { decision, outcome } }: DocumentEntry): 'approved' | 'declined' {
  if (decision !== null) return decision === 'approve' ? 'approved' : 'declined'
  return outcome === 'paid' || outcome === 'credited' ? 'approved' : 'declined'
}

function knownDocuments(): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>()
  for (const entry of documentManifest.documents) {
    const result = readShipped(entry.file)
    if (result.ok && !known.has(result.invoice.number))
      known.set(result.invoice.number, { amount: result.invoice.total.payable, entry })
  }
  return known
}
