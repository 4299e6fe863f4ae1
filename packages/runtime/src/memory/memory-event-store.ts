import type { EventStore } from '@roster/core'
import { appendAll, type AppendParts } from './memory-append.ts'

/** Records that `readAll` answers when no limit is given. */
const defaultLimit = 1000

/** The append-only store of records. An append is done when it is called; its answer arrives later, as a real store's would. */
export function memoryEventStore(parts: AppendParts): EventStore {
  const { log } = parts
  return {
    append: async (requests) => appendAll(parts, requests),
    read: async (stream, range = {}) => log.read(stream, range.from, range.to),
    readAll: async (after, limit = defaultLimit) => log.after(after, limit),
    head: async (stream) => log.head(stream),
    heads: async () => log.heads(),
    readCorrelated: async (correlationId) => log.where((record) => record.correlationId === correlationId),
    readRecord: async (id) => log.where((record) => record.id === id)[0],
  }
}
