import { tool } from 'roster'
import { z } from 'zod'
import { deskBooks } from '../books/desk-books.ts'
import { approverForAmount, higherApprover } from '../master/approval-limits.ts'
import { masterData } from '../master/master-data.ts'
import { PaymentRequest } from '../payments/payment.ts'
import { chiefFinancialOfficer } from '../people.ts'

/** What is paid, to whom; all of it from the parsed document and the master data. */
export const PayInput = PaymentRequest.omit({ key: true })

export const PayResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paid'), payment: z.string() }),
  z.strictObject({ kind: z.literal('already-paid'), payment: z.string() }),
  z.strictObject({ kind: z.literal('order-changed') }),
])

export type PayInput = z.infer<typeof PayInput>

export const pay = tool('pay@1.0.0', {
  owner: chiefFinancialOfficer,
  description: 'Pays a supplier. An invoice of a supplier is paid once, whoever asks.',
  input: PayInput,
  output: PayResult,
  consequential: true,
  idempotent: true,
  integrity: 'trusted',
  gate: ({ amount, currency, approver }) => {
    const role = higherApprover(approver, approverForAmount(amount, currency, masterData.limits))
    return role === 'nobody' ? null : { role, because: `${amount} ${currency} needs the consent of the ${role}` }
  },
  run: async (input, { idempotencyKey }) => {
    const result = await deskBooks().payments.pay({ ...input, key: idempotencyKey })
    if (result.kind === 'key-reused') throw new Error(`payment ${result.payment.id} has this key and other arguments`)
    return result.kind === 'order-changed' ? result : { kind: result.kind, payment: result.payment.id }
  },
})
