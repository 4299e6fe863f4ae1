import { hashTuple, type Sha256 } from '../json/sha256.ts'
import type { StreamName } from '../stream/stream-name.ts'
import type { Version } from '../stream/version.ts'

/** Gives the next id of a record's consequences: derived from (stream, version, index), so that the same step always gives the same ids. */
export type Identify = () => string

/** Ids for what the record of this stream and version causes, in order. 32 hexadecimal digits each. */
export function identify(sha256: Sha256, stream: StreamName, version: Version): Identify {
  let index = 0
  return () => hashTuple(sha256, ['roster.consequence.1', stream, version, index++]).slice(0, 32)
}
