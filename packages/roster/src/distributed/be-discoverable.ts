import type { Ground } from './ground.ts'
import { repeat } from './repeating.ts'

/** How long after a failure the bus is tried again, in milliseconds. */
const retryMs = 2000

/** A process's presence on the bus. */
export interface Presence {
  /** Whether the bus is reached just now. */
  readonly reached: boolean
  stop(): Promise<void>
}

/** Answers service discovery as soon as the bus is there, and looks whether it still is. */
export function beDiscoverable(
  { nats, clock, alarm }: Ground,
  role: 'host' | 'coordinator',
  metadata: () => Readonly<Record<string, string>>,
): Presence {
  // oxlint-disable-next-line roster/no-ambient -- no time of the domain: it is told to whoever looks for services
  const started = new Date(clock.now()).toISOString()
  const description = role === 'host' ? 'Hosts colleagues and tasks' : 'Takes tasks and looks after what was accepted'
  const facts = { name: `roster-${role}`, version: '0.0.0', description, metadata }
  let answering: { close(): Promise<void> } | undefined
  let reached = false
  const look = repeat({ clock, alarm }, `discovery/${role}`, retryMs, {
    async work() {
      answering ??= await nats.discoverable(role, facts, started)
      await nats.ensureStreams()
      reached = nats.connected
    },
    failed: () => (reached = false),
  })
  return {
    get reached() {
      return reached
    },
    async stop() {
      await look.stop()
      await answering?.close()
    },
  }
}
