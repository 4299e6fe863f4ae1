import { z } from 'zod'
import type { Invoice } from '../invoice/invoice.ts'

/** A supplier as we know it. Bank accounts change here, by a person, and nowhere else. */
export const Supplier = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  vatId: z.string().nullable(),
  companyId: z.string().nullable(),
  endpointId: z.string().nullable(),
  /** The accounts that may be paid, the usual one first. */
  accounts: z.array(z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{4,30}$/, 'must be an IBAN without blanks')).min(1),
})

export type Supplier = z.infer<typeof Supplier>

const identifiers = ['vatId', 'companyId', 'endpointId'] as const

/** Finds the sender by an identifier, never by its name: anyone can write a name. One that contradicts another identifies nobody. */
export function findSupplier(invoice: Invoice, suppliers: readonly Supplier[]): Supplier | undefined {
  const found = suppliers.filter((supplier) => {
    const known = identifiers.filter((key) => supplier[key] !== null && invoice.supplier[key] !== null)
    return known.length > 0 && known.every((key) => plain(supplier[key]) === plain(invoice.supplier[key]))
  })
  return found.length === 1 ? found[0] : undefined
}

function plain(identifier: string | null): string | undefined {
  return identifier?.replaceAll(/[\s.-]/g, '').toUpperCase()
}
