/** What policies can be about: the names in a team, without any of its code. */
export interface TeamShape {
  readonly name: string
  readonly colleagues: readonly { readonly kind: 'agent' | 'person'; readonly name: string; readonly role: string }[]
  readonly tools: readonly string[]
  readonly playbooks: readonly string[]
  /** The models of this run; a policy may name others, because a model is a matter of configuration. */
  readonly models: readonly string[]
  /** Every kind of work and of message that `context.kind` can be. */
  readonly kinds: readonly string[]
  /** Who may speak to the team from outside. Left out: any name can ask, and policies see its role. */
  readonly clients?: readonly { readonly name: string; readonly role: string }[]
}
