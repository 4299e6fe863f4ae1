import { z } from 'zod'
import { CalendarDate } from '../invoice/invoice.ts'
import { Decimal } from '../invoice/decimal.ts'

/** What arrived of an order: goods counted at the door, or a service confirmed by whoever asked for it. */
export const GoodsReceipt = z.strictObject({
  number: z.string().min(1),
  orderNumber: z.string().min(1),
  date: CalendarDate,
  lines: z.array(z.strictObject({ orderLineId: z.string(), quantity: Decimal })).min(1),
})

export type GoodsReceipt = z.infer<typeof GoodsReceipt>

export function receiptsFor(orderNumber: string, receipts: readonly GoodsReceipt[]): GoodsReceipt[] {
  return receipts.filter((receipt) => receipt.orderNumber === orderNumber)
}
