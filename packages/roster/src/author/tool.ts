import type { Need, OutputOf, Place, Schema } from '@roster/core'

import type { Person } from './person.ts'
import { parseName, type VersionedName } from './versioned-name.ts'

/** What a tool's code is given beside its input. */
export interface ToolContext {
  /** Aborts when the time limit is over, the work is withdrawn or the host stops. */
  readonly signal: AbortSignal
  /** The same for every try of the same act: hand it to whatever is called. */
  readonly idempotencyKey: string
  /** Id of the task. */
  readonly task: string
  /** A document's text by its hash; `undefined` when the store does not have it. */
  readonly document: (hash: string) => Promise<Uint8Array | undefined>
  /** The secrets that the tool names, those of the colleague who uses it. They are taken out of whatever comes back. */
  readonly secrets: Readonly<Record<string, string>>
}

/** A tool's versioned contract and its code. */
export interface ToolOptions<I extends Schema, O extends Schema> {
  /** A person on the roster. */
  readonly owner: Person
  readonly input: I
  readonly output: O
  /** What a model is told of it. @defaultValue the name */
  readonly description?: string
  /** Whether it changes something outside: then it needs trusted lineage, an endorsement or an approval. */
  readonly consequential: boolean
  /** Whether the same idempotency key may be called again after an unknown outcome; if not, a person is asked. */
  readonly idempotent: boolean
  /** Where its code runs: what its `run` says. Given here, it is compared with that. @defaultValue `host`, or that of `inProcess`, `inSandbox` */
  readonly place?: Place
  /** Names of the secrets that it needs; whose they are, each colleague says who uses it. @defaultValue none */
  readonly secrets?: readonly string[]
  /** What its results may be trusted with. @defaultValue `untrusted` */
  readonly integrity?: 'trusted' | 'untrusted'
  /** To whom its results may go: `agent/clerk`, `role/clerk`, `tool/pay`, `model/scripted`. @defaultValue everybody */
  readonly readers?: readonly string[]
  /**
   * Arguments that are closed: of a list, a number, a date, yes or no. A call whose arguments all are, or are vouched for by a check, needs
   * no approval for having been thought of by a model that read something untrusted. @defaultValue none
   */
  readonly closed?: readonly (keyof OutputOf<I> & string)[]
  /** Which approval these arguments need, or `null`. Pure. @defaultValue none */
  readonly gate?: (input: OutputOf<I>) => Need | null
  /**
   * Does it: the host's own code, or `inProcess`, `inSandbox`. May be called more than once for one act if `idempotent`, always with the same
   * key.
   */
  readonly run: (input: OutputOf<I>, context: ToolContext) => Promise<OutputOf<O>> | OutputOf<O>
}

/** A tool as an author holds it. */
export interface ToolOf<Name extends string = string, I extends Schema = Schema, O extends Schema = Schema> {
  readonly name: Name
  readonly version: string
  readonly options: ToolOptions<I, O>
}

/** The name part of a versioned name. */
export type NameOf<V extends string> = V extends `${infer Name}@${string}` ? Name : V

/**
 * Defines a tool. Its input is checked before each call (`input-invalid`) and its output after it (`output-invalid`); what it throws is the
 * failure `tool-failed`, or its own code if it throws a RosterError; beyond the colleague's `effectTimeout` it is `timeout`.
 *
 * @throws RosterError `definition-invalid` when the name is none
 * @example tool('search@1.0.0', { owner, input: Query, output: Hits, consequential: false, idempotent: true, run: ({ query }) => find(query) })
 */
export function tool<const V extends VersionedName, I extends Schema, O extends Schema>(
  name: V,
  options: ToolOptions<I, O>,
): ToolOf<NameOf<V>, I, O> {
  const parsed = parseName(name)
  return { name: parsed.name as NameOf<V>, version: parsed.version, options }
}
