import type { Json, Place, Sandbox } from '@roster/core'
import type { ProcessOutcome, ProcessProgram } from '@roster/skills'
import type { McpCall, McpOutcome } from '@roster/skills/mcp'

import type { ToolContext } from '../author/tool.ts'

/** What the host gives a tool's code that is not run by the host itself. Not for authors. */
export interface PlacedContext extends ToolContext {
  readonly places: Places
  /** Kept in the record's body, whatever comes of the call. */
  readonly note: (evidence: { readonly [key: string]: Json }) => void
}

/** The places of a host. */
export interface Places extends AsyncDisposable {
  readonly sandbox: (confinement: 'worker' | 'bubblewrap') => Sandbox
  readonly mcp: (call: McpCall) => Promise<McpOutcome>
  readonly process: (program: ProcessProgram, input: Json, context: ToolContext) => Promise<ProcessOutcome>
}

/** What a tool's `run` says of its code: where it runs, and what exactly it is. */
export interface Code {
  readonly place: Place
  /** Everything that decides what runs, for the digest of the tool. */
  readonly digest: string
  /** The server that it is a tool of, if it is another's. */
  readonly server?: string
}

/** A tool's `run` whose code is somewhere else. It fits any contract: what it answers is checked like every answer. */
export type Placed<Input> = ((input: Input, context: ToolContext) => Promise<never>) & { readonly code: Code }

/** Makes a `run` of code that is somewhere else. */
export function placed<Input>(code: Code, run: (input: Input, context: PlacedContext) => Promise<Json>): Placed<Input> {
  const runs = (input: Input, context: ToolContext) => run(input, context as PlacedContext) as Promise<never>
  return Object.assign(runs, { code })
}

/** The code of a tool's `run`: the host's own unless it says otherwise. */
export function codeOf(run: unknown): Code {
  const code = (run as { readonly code?: Code }).code
  return code ?? { place: 'host', digest: String(run) }
}
