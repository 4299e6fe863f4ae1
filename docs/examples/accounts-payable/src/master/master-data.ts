import { z } from 'zod'
import limits from '../../documents/master/approval-limits.json' with { type: 'json' }
import receipts from '../../documents/master/goods-receipts.json' with { type: 'json' }
import orders from '../../documents/master/purchase-orders.json' with { type: 'json' }
import suppliers from '../../documents/master/suppliers.json' with { type: 'json' }
import { ApprovalLimits } from './approval-limits.ts'
import { GoodsReceipt } from './goods-receipt.ts'
import { PurchaseOrder } from './purchase-order.ts'
import { Supplier } from './supplier.ts'

export const MasterData = z.strictObject({
  suppliers: z.array(Supplier),
  orders: z.array(PurchaseOrder),
  receipts: z.array(GoodsReceipt),
  limits: ApprovalLimits,
})

export type MasterData = z.infer<typeof MasterData>

/** The desk's suppliers, orders, receipts and limits, as they are before the first document arrives. */
export const masterData: MasterData = MasterData.parse({ suppliers, orders, receipts, limits })
