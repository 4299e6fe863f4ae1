import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** The path of something in this checkout. */
export function inRoot(...parts: readonly string[]): string {
  return join(root, ...parts)
}
