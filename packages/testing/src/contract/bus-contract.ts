import { describe, it } from 'vitest'
import { busAcknowledgeContract } from './bus-acknowledge-contract.ts'
import { busDeliveryContract } from './bus-delivery-contract.ts'
import { busRefusalContract } from './bus-refusal-contract.ts'
import { busSubscriptionContract } from './bus-subscription-contract.ts'
import type { BusCapability, OpenBus } from './bus-opened.ts'

export interface BusContractOptions {
  /** For each capability `true`, or the reason why the adapter lacks it, which is printed. */
  readonly capabilities: Readonly<Record<BusCapability, true | string>>
}

/**
 * Everything that an adapter of the `Bus` port has to do, as tests. What a bus may do (lose, delay, repeat) is no part of it: the contract
 * is about a bus with which nothing is wrong.
 *
 * @example
 * busContract('memory', async () => ({ bus, another, outlast, [Symbol.asyncDispose] }), { capabilities })
 */
export function busContract(name: string, open: OpenBus, { capabilities }: BusContractOptions): void {
  const able = (capability: BusCapability): typeof it => {
    const has = capabilities[capability]
    if (has === true) return it
    return ((sentence: string) => it(sentence, ({ skip }) => skip(has))) as typeof it
  }
  describe(`${name} bus`, { timeout: 30_000 }, () => {
    busDeliveryContract(open, able)
    busAcknowledgeContract(open, able)
    busSubscriptionContract(open, able)
    busRefusalContract(open)
  })
}
