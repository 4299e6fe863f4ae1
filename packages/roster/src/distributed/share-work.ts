import type { Host } from '@roster/runtime'

import type { Ground } from './ground.ts'
import { repeat, type Repeating } from './repeating.ts'

/**
 * Sees to it that hosts of a team share the partitions, `count` of them: each looks who else is there, three times a lease, and gives up what
 * is more than its part.
 *
 * W1 A host that sees nobody because the bus is away takes whatever falls free, and gives up nothing: work goes on without a bus.
 */
export function shareWork({ nats, clock, alarm }: Ground, host: Host, leaseMs: number, count: number): Repeating {
  const { team } = host.ports
  const { name } = host.options
  return repeat({ clock, alarm }, 'share', Math.floor(leaseMs / 3), {
    async work() {
      const others = (await nats.hosts()).filter(
        ({ metadata }) => metadata['team'] === team.name && metadata['host'] !== name,
      )
      host.share = others.length === 0 ? undefined : Math.ceil(count / (others.length + 1))
    },
    failed: () => (host.share = undefined),
  })
}
