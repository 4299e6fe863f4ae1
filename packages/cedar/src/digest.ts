import { createHash } from 'node:crypto'

import { canonical } from '@roster/core'

import type { PolicyFile } from './policy-file.ts'

/** SHA-256 of a policy set: of its files and their texts as they are, whatever the order in which they were read. */
export function digestOf(files: readonly PolicyFile[]): string {
  const list = files
    .map(({ file, text }) => ({ file, text }))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1))
  return createHash('sha256').update(canonical(list), 'utf8').digest('hex')
}
