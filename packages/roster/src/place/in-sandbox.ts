import { RosterError, type HostFunctions, type Json, type SandboxLimits } from '@roster/core'
import { sandboxBounds } from '@roster/skills'

import { sha256 } from '../sha256.ts'
import { fileText } from './file-text.ts'
import { placed, type Placed } from './placed.ts'

/** Code that nobody trusts, and what it is given. */
export interface SandboxedCode<Input> {
  /**
   * A JavaScript module without imports: `export default (input, host) => output`. A text, a file (read once, when the tool is defined), or
   * made from each call's input: code that a model wrote.
   */
  readonly code: string | URL | ((input: Input) => string)
  /** @defaultValue a second, 64 MiB, 256 KiB of answer; see `SandboxLimits` */
  readonly limits?: SandboxLimits
  /** What it may ask of the host, by name. @defaultValue none */
  readonly functions?: HostFunctions
  /** Refuses to run it without the second wall. @defaultValue `worker`: a thread of the host */
  readonly confinement?: 'worker' | 'bubblewrap'
}

/**
 * Runs a tool's code in the sandbox: no files, no network, no secrets, only its input and the functions that it is given. The tool's place is
 * then `sandbox`. What it fails with is the failure of the call: `program-failed`, `timeout`, `memory-exceeded`, `size-exceeded`, …
 *
 * @throws RosterError `definition-invalid` for a file that is no JavaScript, and for limits beyond their bounds
 * @example tool('total@1.0.0', { …, run: inSandbox({ code: 'export default ({ lines }) => lines.length' }) })
 * @example tool('try-out@1.0.0', { …, run: inSandbox({ code: ({ program }: { program: string }) => program }) })
 */
export function inSandbox<Input>(options: SandboxedCode<Input>): Placed<Input> {
  const { functions = {}, confinement = 'worker' } = options
  const limits = sandboxBounds(options.limits)
  const code = options.code instanceof URL ? textOf(options.code) : options.code
  const facts = [String(code), limits, Object.keys(functions).toSorted(), confinement]
  return placed<Input>({ place: 'sandbox', digest: sha256(JSON.stringify(facts)) }, async (input, context) => {
    const program = typeof code === 'function' ? code(input) : code
    const sandbox = context.places.sandbox(confinement)
    const outcome = await sandbox.run(program, input as Json, { limits, functions, signal: context.signal })
    context.note({
      confinement: sandbox.confinement,
      program: sha256(program),
      hostCalls: outcome.used.hostCalls,
      wallMs: Math.round(outcome.used.wallMs),
    })
    if (outcome.kind === 'done') return outcome.value
    throw outcome.failure
  })
}

function textOf(file: URL): string {
  if (/\.m?js$/.test(file.pathname)) return fileText(file)
  throw new RosterError('definition-invalid', `${file.href} is no JavaScript`, {
    path: file.href,
    hint: 'The sandbox runs JavaScript: name a file that ends with .js or .mjs.',
  })
}
