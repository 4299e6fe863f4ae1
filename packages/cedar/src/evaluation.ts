/** What came of asking. Everything but `allowed` is a deny. */
export type Evaluation =
  | { readonly kind: 'allowed'; readonly policies: readonly string[] }
  | { readonly kind: 'forbidden'; readonly policies: readonly string[] }
  | { readonly kind: 'no-policy' }
  /** Policies could not be evaluated. Cedar skips them, even a `forbid`, so its answer does not count. */
  | { readonly kind: 'erred'; readonly errors: readonly { readonly policy: string; readonly message: string }[] }
  /** The question names somebody or something that is not in the team. */
  | { readonly kind: 'unknown'; readonly what: string }
  /** The question does not fit the schema, or Cedar failed. */
  | { readonly kind: 'unfit'; readonly message: string }
