import type { Openers } from '../team/openers.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What a command has of the world around it; a test gives its own. */
export interface World {
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Aborted by an interrupt or an order to stop. */
  readonly signal: AbortSignal
  /** In milliseconds since 1970. */
  readonly now: () => number
  /** An idempotency key that nobody used before. */
  readonly newKey: () => string
  readonly openers: Openers
}
