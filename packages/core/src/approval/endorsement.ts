/** What a named deterministic check vouches for: that a value it computed from trusted facts is exactly this one. */
export interface Endorsement {
  /** The check, as the playbook names it. */
  readonly check: string
  /** SHA-256 of the canonical arguments that it vouches for. */
  readonly argumentsDigest: string
  /** The tool for whose arguments it holds. */
  readonly tool: string
}
