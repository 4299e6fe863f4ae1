import { z } from 'zod'
import type { Supplier } from '../master/supplier.ts'

/** Another bank account of a supplier. */
export const AccountChange = z.strictObject({
  supplier: z.string().min(1).max(200),
  iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{4,30}$/, 'must be an IBAN without blanks'),
})

export type AccountChange = z.infer<typeof AccountChange>

/** The suppliers after the changes of their accounts; the newest account is the usual one. */
export function withChanges(suppliers: readonly Supplier[], changes: readonly AccountChange[]): Supplier[] {
  return suppliers.map((supplier) => {
    const added = changes.filter((change) => change.supplier === supplier.id).map(({ iban }) => iban)
    return { ...supplier, accounts: [...added.toReversed(), ...supplier.accounts] }
  })
}
