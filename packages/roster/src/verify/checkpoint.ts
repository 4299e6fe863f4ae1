/** What a checkpoint says: at this position, these were the ends of all streams. Kept outside the database. */
export interface Checkpoint {
  readonly format: 'roster.checkpoint.1'
  readonly tenant: string
  /** In milliseconds since 1970. */
  readonly at: number
  /** The last position that it covers: the number of records. */
  readonly position: number
  readonly streams: number
  /** Root of a Merkle tree over the ends of all streams, in order of name (UTF-8 bytes). */
  readonly root: string
  /** Chain over the hashes of all records in order of position: a position is in no record's own hash. */
  readonly order: string
  /** Public key of the host that signs, and its signature over all of the above. */
  readonly key: string
  readonly signature: string
}

/** The text that is signed. */
export function checkpointText({
  format,
  tenant,
  at,
  position,
  streams,
  root,
  order,
  key,
}: Omit<Checkpoint, 'signature'>): string {
  return [format, tenant, at, position, streams, root, order, key]
    .map((part) => `${String(part).length}:${part}`)
    .join('')
}
