import { createHash } from 'node:crypto'

/** The end of a stream, as a leaf of the tree. */
export interface Leaf {
  readonly stream: string
  readonly version: number
  readonly hash: string
}

/** The root of a Merkle tree over the ends of streams, in order of name. Leaves and nodes are hashed under different tags (RFC 6962, 2.1). */
export function merkleRoot(leaves: readonly Leaf[]): string {
  const ordered = leaves.toSorted((a, b) => Buffer.compare(Buffer.from(a.stream), Buffer.from(b.stream)))
  let level = ordered.map(({ stream, version, hash }) => sha256(`roster.leaf.1\n${stream}\n${version}\n${hash}`))
  if (level.length === 0) return sha256('roster.empty.1')
  while (level.length > 1) level = pairs(level)
  return level[0] ?? ''
}

/** The beginning of the chain over the order of records. */
export const noOrder = '0'.repeat(64)

/** The chain over the order of records, one record further. */
export function orderedAfter(order: string, hash: string): string {
  return sha256(`roster.order.1\n${order}\n${hash}`)
}

function pairs(level: readonly string[]): string[] {
  const next: string[] = []
  for (let index = 0; index < level.length; index += 2) {
    const [left = '', right] = [level[index], level[index + 1]]
    next.push(right === undefined ? left : sha256(`roster.node.1\n${left}\n${right}`))
  }
  return next
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
