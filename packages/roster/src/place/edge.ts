import { asJson, failureOf, own, RosterError, type Failure, type Json, type Tool } from '@roster/core'
import { readSecret, redactor, type Redactor } from '@roster/skills'

import type { TeamOf } from '../author/team.ts'
import type { ToolContext } from '../author/tool.ts'
import type { PlacedContext, Places } from './placed.ts'

/** One call of a tool, where it leaves the host: with its secrets, which nothing that comes back may contain. */
export interface Edge {
  /**
   * Calls it.
   *
   * @throws Failure what it failed with, redacted
   */
  readonly run: (tool: Tool, input: Json, context: Omit<ToolContext, 'secrets'>) => Promise<unknown>
  /** What was noted of the call for the record, if anything was. */
  readonly evidence: () => { readonly evidence?: Json }
}

/** The edge of a call by this colleague; none, where a playbook calls. A secret is read here, and kept nowhere. */
export function edgeOf(team: TeamOf, colleague: string | undefined, places: Places): Edge {
  let noted: { readonly [key: string]: Json } = {}
  return {
    async run(tool, input, context) {
      let clean = redactor([])
      try {
        const secrets = await secretsOf(team, colleague, tool.name)
        clean = redactor(Object.values(secrets))
        const note: PlacedContext['note'] = (evidence) =>
          (noted = { ...noted, ...(clean.json(evidence) as typeof noted) })
        const placedContext: PlacedContext = { ...context, secrets, places, note }
        const output = await tool.run(input as never, placedContext as never)
        return Object.keys(secrets).length === 0 ? output : clean.json(asJson(output ?? null))
      } catch (error) {
        throw cleaned(failureOf(error, 'tool-failed'), clean)
      }
    },
    evidence: () => (Object.keys(noted).length === 0 ? {} : { evidence: noted }),
  }
}

/** The secrets of this tool in the hands of this colleague, by name. */
async function secretsOf(team: TeamOf, colleague: string | undefined, tool: string): Promise<Record<string, string>> {
  const sources = own(own(team.secrets, colleague ?? '') ?? {}, tool) ?? {}
  const missing = (team.secretsNeeded[tool] ?? []).filter((name) => own(sources, name) === undefined)
  if (missing.length > 0)
    throw new RosterError('secret-missing', `${colleague ?? 'a playbook'} has no ${missing.join(', ')} for ${tool}`, {
      path: `secrets.${tool}`,
      hint: 'Say in the colleague where its secret for this tool lies; a playbook has none, so let a colleague call it.',
    })
  const read = Object.entries(sources).map(async ([name, source]) => [name, await readSecret(source)] as const)
  return Object.fromEntries(await Promise.all(read))
}

function cleaned({ code, message, path, hint }: Failure, clean: Redactor): Failure {
  return {
    code,
    message: clean.message(message),
    ...(path === undefined ? {} : { path: clean.message(path) }),
    ...(hint === undefined ? {} : { hint: clean.message(hint) }),
  }
}
