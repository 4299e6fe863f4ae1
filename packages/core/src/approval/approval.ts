/** A person's recorded consent to one act with exactly these arguments. */
export interface Approval {
  /** Identity of the decision; an approval is used once. */
  readonly id: string
  readonly task: string
  /** Who decided, by name, and the role in which they acted. */
  readonly person: string
  readonly role: string
  readonly decision: 'approved' | 'declined'
  /** The tool that may be used. */
  readonly tool: string
  /** SHA-256 of the canonical arguments. */
  readonly argumentsDigest: string
  /** Digest of the policies in force when it was given. */
  readonly policySet: string
  /** In milliseconds since 1970. */
  readonly at: number
  readonly expiresAt: number
  /** The person's own words, if any. */
  readonly reason?: string
  /** The person's public key and signature over {@link signedText}. */
  readonly key: string
  readonly signature: string
}

/** What a person signs: everything but the signature, in canonical form. */
export type UnsignedApproval = Omit<Approval, 'signature'>
