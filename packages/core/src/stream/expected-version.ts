import type { Version } from './version.ts'

/** What an append requires of the stream's current version; `no-stream` is version 0. */
export type ExpectedVersion = Version | 'no-stream'

/** Whether `actual` (0 = the stream does not exist) satisfies `expected`. */
export function satisfies(expected: ExpectedVersion, actual: Version): boolean {
  return actual === (expected === 'no-stream' ? 0 : expected)
}
