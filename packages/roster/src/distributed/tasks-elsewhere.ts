import { Relay, type HostPorts, type Observation } from '@roster/runtime'

import type { Ground } from './ground.ts'

/**
 * Hands what a host has stored for tasks to whoever drives them, over the bus, once: what the bus loses, the coordinator finds in the store.
 */
export function tasksElsewhere(
  { store, nats, clock }: Ground,
  observe: (observation: Observation) => void,
): NonNullable<HostPorts['tasks']> {
  const relay = new Relay({ store, bus: nats.bus, clock, observe }, { resendAfterMs: 0, mine: () => false })
  return { deliver: (rows) => relay.publish(rows.filter(({ kind }) => kind === 'message')) }
}
