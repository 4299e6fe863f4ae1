import { parseStream, type StreamName } from './stream-name.ts'

/** How many partitions actors are spread over. Half are for colleagues and their jobs, half for tasks. Fixed for the life of a store. */
export const partitionCount = 32

/** How many of them, the first ones, are for colleagues and their jobs; the others are for tasks. */
export const colleaguePartitionCount = partitionCount / 2

/**
 * The partition that owns a stream: a hash of the stream without its `/job/…`, so that a colleague and its jobs have one owner.
 * Tasks have partitions of their own: under Temporal, owning one means sending and re-sending its messages only.
 */
export function partitionOf(stream: StreamName): number {
  const { kind, base } = parseStream(stream)
  return (fnv1a(base) % colleaguePartitionCount) + (kind === 'task' ? colleaguePartitionCount : 0)
}

/** FNV-1a, 32 bits: small, fast, spreads short names well. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
