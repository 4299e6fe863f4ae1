import type { Failure } from '../error/failure.ts'
import type { Json } from '../json/json.ts'

/** What one program may use; what is left out has its default. */
export interface SandboxLimits {
  /** Wall time from the moment the program starts, in milliseconds; it has ended 250 ms later. @defaultValue 1000 */
  readonly timeMs?: number
  /** Memory of the whole interpreter, in bytes, rounded down to 64 KiB; at least 17 MiB. @defaultValue 64 MiB */
  readonly memoryBytes?: number
  /** The program and its input as JSON, each, in bytes of UTF-8. @defaultValue 1 MiB */
  readonly inputBytes?: number
  /** What it answers, as JSON, in bytes of UTF-8. @defaultValue 256 KiB */
  readonly outputBytes?: number
  /** How deep what it answers or hands to a host function may be nested. @defaultValue 64 */
  readonly depth?: number
  /** Calls of host functions, all together. @defaultValue 100 */
  readonly hostCalls?: number
  /** What one host function is handed, and what it answers, as JSON, each, in bytes of UTF-8. @defaultValue 64 KiB */
  readonly hostCallBytes?: number
}

/** What a program may ask of the host: by name, JSON in and JSON out. Nothing else of the host is there for it. */
export type HostFunctions = Readonly<Record<string, (input: Json) => Promise<Json> | Json>>

/** What is used of an `AbortSignal`, which the core does not have. */
export interface StopSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** How a program is run, beside its code and input. */
export interface SandboxOptions {
  readonly limits?: SandboxLimits
  /** @defaultValue none */
  readonly functions?: HostFunctions
  /** Ends the program early; the outcome is then `cancelled`. */
  readonly signal?: StopSignal
}

/** What a program used. */
export interface SandboxUse {
  /** Wall time, in milliseconds, without the wait for a free place. */
  readonly wallMs: number
  readonly hostCalls: number
}

/**
 * What came of a program. The codes of a failure are `program-failed` (it threw, is no module, or exports no function), `timeout`,
 * `memory-exceeded`, `size-exceeded`, `over-limit` (host calls), `denied` (a host function that it was not given), `cancelled`, and
 * `place-unavailable`.
 */
export type SandboxOutcome =
  | { readonly kind: 'done'; readonly value: Json; readonly used: SandboxUse }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly used: SandboxUse }

/**
 * Runs code that nobody trusts: no files, no network, no clock but the time, no other program's memory. Each run has an interpreter of its
 * own, which is thrown away. Only JSON text crosses the border. Never rejects for what a program does.
 */
export interface Sandbox extends AsyncDisposable {
  /** How it confines, for the record: `worker` or `bubblewrap`. */
  readonly confinement: string
  /**
   * Runs a module and calls its default export with the input and the host functions, and waits for what it answers.
   *
   * @param code a JavaScript module without imports: `export default (input, host) => …`, which may be async
   */
  run(code: string, input: Json, options?: SandboxOptions): Promise<SandboxOutcome>
}
