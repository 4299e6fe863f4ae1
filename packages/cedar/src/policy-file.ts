/** One file of policies, as it was read. */
export interface PolicyFile {
  /** Its path as the author knows it; it is part of the digest and of the ids of policies without an `@id`. */
  readonly file: string
  readonly text: string
}
