import { RosterError } from '@roster/core'
import { secretName, type SecretSource } from '@roster/skills'

import { codeOf } from '../place/placed.ts'
import type { ColleagueOf } from './colleague.ts'
import type { ToolOf } from './tool.ts'

/** Where the secrets lie, by colleague, tool and name; and the names that each tool needs. */
export interface TeamSecrets {
  readonly secrets: {
    readonly [colleague: string]: { readonly [tool: string]: Readonly<Record<string, SecretSource>> }
  }
  readonly secretsNeeded: { readonly [tool: string]: readonly string[] }
}

/**
 * The secrets of a team. Each belongs to one colleague and one tool: what leaks from one call opens nothing else, and who used it is known.
 *
 * @throws RosterError `definition-invalid` for one that is shared, needed and not given, given and not needed, or given to the sandbox
 */
export function secretsOfTeam(colleagues: readonly ColleagueOf[], tools: readonly ToolOf[]): TeamSecrets {
  const secretsNeeded = Object.fromEntries(tools.map((tool) => [tool.name, tool.options.secrets ?? []]))
  for (const tool of tools) assertPlace(tool)
  const taken = new Map<string, string>()
  for (const { name, options } of colleagues) {
    const { secrets = {}, tools: own = [] } = options
    for (const tool of own) assertGiven(name, tool, secrets[tool.name] ?? {})
    for (const [tool, sources] of Object.entries(secrets)) {
      if (!own.some((one) => one.name === tool)) throw notNeeded(name, tool)
      for (const source of Object.values(sources)) assertOwn(taken, source, ownerOf(name, own, tool))
    }
  }
  const secrets = Object.fromEntries(colleagues.map(({ name, options }) => [name, options.secrets ?? {}]))
  return { secrets, secretsNeeded }
}

/** Whom a secret belongs to. The tools of one MCP server are one tool in this: they are one door with one key. */
function ownerOf(colleague: string, tools: readonly ToolOf[], name: string): string {
  const tool = tools.find((one) => one.name === name)
  return `${colleague} for ${codeOf(tool?.options.run).server ?? name}`
}

function assertPlace({ name, options }: ToolOf): void {
  if ((options.secrets ?? []).length === 0 || codeOf(options.run).place !== 'sandbox') return
  throw new RosterError('definition-invalid', `${name} runs in the sandbox and asks for secrets`, {
    path: `${name}.secrets`,
    hint: 'Code that nobody trusts gets no secret: give it a function of the host that uses the secret for it.',
  })
}

function assertGiven(colleague: string, tool: ToolOf, given: Readonly<Record<string, SecretSource>>): void {
  const needed = tool.options.secrets ?? []
  const missing = needed.filter((name) => given[name] === undefined)
  if (missing.length > 0)
    throw new RosterError(
      'definition-invalid',
      `${colleague} uses ${tool.name} and has no ${missing.join(', ')} for it`,
      {
        path: `${colleague}.secrets.${tool.name}`,
        hint: `Say where it lies: secrets: { '${tool.name}': { ${missing[0]}: { env: '…' } } }`,
      },
    )
  if (Object.keys(given).some((name) => !needed.includes(name))) throw notNeeded(colleague, tool.name)
}

function assertOwn(taken: Map<string, string>, source: SecretSource, owner: string): void {
  const where = secretName(source)
  const other = taken.get(where)
  taken.set(where, owner)
  if (other === undefined || other === owner) return
  throw new RosterError('definition-invalid', `${where} is given to ${other} and to ${owner}`, {
    path: where,
    hint: 'A secret belongs to one colleague and one tool: issue another for the second.',
  })
}

function notNeeded(colleague: string, tool: string): RosterError {
  return new RosterError('definition-invalid', `${colleague} has a secret for ${tool} that it does not need`, {
    path: `${colleague}.secrets.${tool}`,
    hint: "Take it out, or name it in the tool: secrets: ['…'].",
  })
}
