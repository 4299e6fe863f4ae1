import { describe } from 'vitest'
import { acceptContract } from './accept-contract.ts'
import { appendContract } from './append-contract.ts'
import { batchContract } from './batch-contract.ts'
import { budgetContract } from './budget-contract.ts'
import { budgetTreeContract } from './budget-tree-contract.ts'
import { cacheContract } from './cache-contract.ts'
import { capabilityContract } from './capability-contract.ts'
import { causeContract } from './cause-contract.ts'
import { effectContract } from './effect-contract.ts'
import { fenceContract } from './fence-contract.ts'
import { historyContract } from './history-contract.ts'
import { mailboxContract } from './mailbox-contract.ts'
import type { Capability, OpenStore } from './opened-store.ts'
import { ownershipContract } from './ownership-contract.ts'
import { projectionContract } from './projection-contract.ts'
import { queueContract } from './queue-contract.ts'
import { readContract } from './read-contract.ts'
import { resendContract } from './resend-contract.ts'
import { textContract } from './text-contract.ts'

export interface StoreContractOptions {
  /** For each capability `true`, or the reason why the adapter lacks it, which is printed. */
  readonly capabilities: Readonly<Record<Capability, true | string>>
}

/**
 * Everything that an adapter of the `Store` port has to do, as tests. An adapter's own test file calls this once.
 *
 * @example
 * storeContract('memory', async () => ({ store: memoryStore({ tenant: 'acme', clock }), advance: clock.advance }), { capabilities })
 */
export function storeContract(name: string, open: OpenStore, { capabilities }: StoreContractOptions): void {
  describe(`${name} store`, { timeout: 30_000 }, () => {
    appendContract(open)
    batchContract(open)
    causeContract(open)
    fenceContract(open)
    readContract(open)
    textContract(open)
    historyContract(open)
    mailboxContract(open)
    resendContract(open)
    effectContract(open)
    acceptContract(open)
    queueContract(open)
    ownershipContract(open)
    budgetContract(open)
    budgetTreeContract(open)
    cacheContract(open)
    projectionContract(open)
    capabilityContract(open, capabilities)
  })
}
