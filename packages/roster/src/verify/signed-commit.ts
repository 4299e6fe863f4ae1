/** What a host signs: these records, at these positions, are what it appended in one commit. Kept outside the database. */
export interface SignedCommit {
  readonly format: 'roster.commit.1'
  readonly tenant: string
  readonly host: string
  /** In milliseconds since 1970. */
  readonly at: number
  /** A position is in no record's own hash: here it is signed with it. */
  readonly records: readonly { readonly position: number; readonly hash: string }[]
  /**
   * Whether the host found them when it started: appended by a process that died before it could sign. Absent for what it appended itself.
   * They fit the chain; that nobody else put them there is not proven.
   */
  readonly found?: true
  /** Public key of the host, and its signature over all of the above. */
  readonly key: string
  readonly signature: string
}

/** The text that is signed. */
export function commitText({ format, tenant, host, at, records, found, key }: Omit<SignedCommit, 'signature'>): string {
  const listed = records.flatMap(({ position, hash }) => [position, hash])
  return [format, tenant, host, at, found === true ? 'found' : 'appended', records.length, ...listed, key]
    .map((part) => `${String(part).length}:${part}`)
    .join('')
}
