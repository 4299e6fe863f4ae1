import type { StreamName } from '../stream/stream-name.ts'

/** Streams in whose name nothing is done any more. */
export interface Revocations {
  /**
   * Marks the heads of these streams: from then on an append to them answers `fenced`, unless its record says that `system` acted. Streams
   * that do not exist are left out.
   */
  revoke(streams: readonly StreamName[]): Promise<void>
  /** Takes the mark from them. */
  reinstate(streams: readonly StreamName[]): Promise<void>
}

/** Who acts in a record where nobody of the team does. */
export const system = 'system'
