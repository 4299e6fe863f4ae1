import type { LedgerStorage } from './ledger.ts'

/** Keeps a ledger in memory, for tests and rehearsals. */
export function memoryStorage(initial = ''): LedgerStorage {
  let content = initial
  return {
    read: async () => content,
    append: async (text) => {
      content += text
    },
    keep: async (text, characters) => {
      content = text.slice(0, characters)
    },
  }
}
