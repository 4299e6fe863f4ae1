import type { Json, JsonObject } from '../json/json.ts'

/** What a named deterministic check vouches for: that a value it computed from trusted facts is exactly this one. */
export interface Endorsement {
  /** The check, as the playbook names it. */
  readonly check: string
  /** SHA-256 of what it vouches for: of all arguments, or of the value of the one that is named. */
  readonly argumentsDigest: string
  /** The tool for whose arguments it holds. */
  readonly tool: string
  /** The one argument, a member of the tool's input, for which it holds. @defaultValue all of them */
  readonly argument?: string
}

/** Why one argument of an effect is as good as trusted: a record keeps it. */
export interface Endorsed {
  /** The member of the tool's input; empty for all of them. */
  readonly argument: string
  /** `schema`: its contract lets only closed values through; otherwise the name of the check. */
  readonly by: string
}

/** The use of a tool that endorsements are looked for. */
export interface Use {
  readonly tool: string
  readonly input: Json
  /** Arguments that the tool's contract closes: of a list, a number, a date, or yes or no. */
  readonly closed: readonly string[]
  readonly digestOf: (value: Json) => string
}

/** Why each argument of a use is as good as trusted; or the first one that nothing vouches for. */
export function endorsedBy(
  endorsements: readonly Endorsement[],
  use: Use,
): { readonly endorsed: readonly Endorsed[] } | { readonly argument: string } {
  const ofTool = endorsements.filter(({ tool }) => tool === use.tool)
  if (ofTool.length === 0 && use.closed.length === 0) return { argument: '' }
  const digest = use.digestOf(use.input)
  const whole = ofTool.find((one) => one.argument === undefined && one.argumentsDigest === digest)
  return whole === undefined ? endorsedOneByOne(ofTool, use) : { endorsed: [{ argument: '', by: whole.check }] }
}

function endorsedOneByOne(
  endorsements: readonly Endorsement[],
  { input, closed, digestOf }: Use,
): ReturnType<typeof endorsedBy> {
  const members = typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as JsonObject) : {}
  const endorsed: Endorsed[] = []
  for (const [argument, value] of Object.entries(members)) {
    const check = endorsements.find((one) => one.argument === argument && one.argumentsDigest === digestOf(value))
    const by = closed.includes(argument) ? 'schema' : check?.check
    if (by === undefined) return { argument }
    endorsed.push({ argument, by })
  }
  // What has no arguments has none that anything could vouch for: that it is done at all is what an attacker wants.
  return endorsed.length === 0 ? { argument: '' } : { endorsed }
}
