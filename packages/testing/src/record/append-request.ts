import type { AppendRequest } from '@roster/core'
import { sealedRecord, type RecordParts } from './sealed-record.ts'

/** What a test says about a request; the rest stores the record and nothing else. */
export interface RequestParts extends RecordParts, Partial<Omit<AppendRequest, 'stream' | 'record'>> {}

/** A request that continues a stream after the record given as `after`. It has no fence and no cause unless told. */
export function appendRequest(parts: RequestParts = {}): AppendRequest {
  const record = sealedRecord(parts)
  const { fence = null, cause = null, pending = [], cancel = [], budget = [], final = false } = parts
  const { expected = record.version === 1 ? 'no-stream' : record.version - 1 } = parts
  return { stream: record.stream, record, expected, fence, cause, pending, cancel, budget, final }
}
