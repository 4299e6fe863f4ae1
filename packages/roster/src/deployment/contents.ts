import { canonical, type Team } from '@roster/core'

import { contentsOf, type TeamOf } from '../author/team.ts'
import { sha256 } from '../sha256.ts'

/** Digests by the names of what is loaded. */
export type Contents = Readonly<Record<string, string>>

/** Everything that a deployment loads: definitions, tools, policies, configuration. */
export function loadedContents(team: TeamOf, { digest: policies }: { readonly digest: string }): Contents {
  const configuration = sha256(JSON.stringify(team.configuration))
  const window = team.window === undefined ? {} : { window: sha256(JSON.stringify(team.window)) }
  return { ...contentsOf(team), ...ownersIn(team), ...window, policies, configuration }
}

/** Whose each thing is: to give it to somebody else changes what it is. */
function ownersIn({ colleagues, playbooks, tools }: TeamOf): Contents {
  const named = { colleague: colleagues, playbook: playbooks, tool: tools }
  return Object.fromEntries(
    Object.entries(named).flatMap(([kind, things]) =>
      Object.values<{ readonly name: string; readonly owner: string }>(things).map(({ name, owner }) => [
        `owner/${kind}/${name}`,
        sha256(owner),
      ]),
    ),
  )
}

/** One digest over everything that a deployment loads: what a person answers for. */
export function deployedDigest(contents: Contents): string {
  return sha256(canonical(contents))
}

/** What others can depend on, by name: tools, colleagues with all that they accept, and the policies; each with its digest. */
export function thingsIn(contents: Contents): ReadonlyMap<string, string> {
  const entries = Map.groupBy(Object.entries(contents), ([id]) => thingOf(id))
  return new Map(
    [...entries].flatMap(([thing, parts]) =>
      thing === undefined ? [] : [[thing, sha256(canonical(Object.fromEntries(parts)))] as const],
    ),
  )
}

/** What stands for a thing that is not there any more. */
export const removed = sha256(canonical({}))

/** `work/clerk@1.0.0/read` is a part of `colleague/clerk`. On a playbook nobody depends but its own owner. */
function thingOf(id: string): string | undefined {
  if (id === 'policies') return id
  if (id.startsWith('owner/')) return thingOf(id.slice('owner/'.length))
  const [kind, rest = ''] = id.split('/')
  const name = rest.split('@')[0] ?? rest
  if (kind === 'tool') return `tool/${name}`
  return kind === 'colleague' || kind === 'work' ? `colleague/${name}` : undefined
}

/** Everybody who owns something of the team. */
export function ownersOf({
  colleagues,
  playbooks,
  tools,
}: Pick<Team, 'colleagues' | 'playbooks' | 'tools'>): readonly string[] {
  const agents = Object.values(colleagues).filter(({ kind }) => kind === 'agent')
  const owned = [...agents, ...Object.values(playbooks), ...Object.values(tools)]
  return [...new Set(owned.map(({ owner }) => owner))].toSorted()
}
