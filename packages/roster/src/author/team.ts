import { canonical, RosterError, type Definition, type Json, type Team } from '@roster/core'
import type { ModelStep } from '@roster/skills'

import { sha256 } from '../sha256.ts'
import type { ColleagueOf } from './colleague.ts'
import { compileColleague, compilePerson } from './compile-colleague.ts'
import { compilePlaybook, compileTool } from './compile.ts'
import type { Person } from './person.ts'
import { atOnceOf } from './queue-options.ts'
import { secretsOfTeam, type TeamSecrets } from './secrets.ts'
import type { PlaybookOf } from './playbook.ts'
import type { ToolOf } from './tool.ts'
import { windowOf, type WindowOptions } from './window.ts'
import { assertName } from './versioned-name.ts'

/** Where a team's policies are: a folder of `.cedar` files (a path is taken from the working directory), or their texts by file name. */
export type PolicySource = string | URL | Readonly<Record<string, string>>

/** What Temporal's workers bundle of a team. */
export interface WorkflowsSource {
  /** The file whose export `task` is `taskWorkflow([…])`, with the team's playbooks. */
  readonly file: URL
  /** Files whose code no playbook runs, and which the sandbox would not run: a model that reads the environment, for instance. @defaultValue none */
  readonly inert?: readonly URL[]
}

/** What a team is made of. */
export interface TeamOptions<P extends PlaybookOf> {
  /** Agents and people, each under a name of its own. Every owner is among the people. */
  readonly colleagues: readonly (ColleagueOf | Person)[]
  readonly playbooks: readonly P[]
  /** Tools beyond those of its colleagues: nobody is granted them, but policies and refusals know their names. */
  readonly tools?: readonly ToolOf[]
  /** Read and validated when the team is opened, not when it is composed. What no policy allows is denied. */
  readonly policies: PolicySource
  /** Playbooks and colleagues in earlier versions, for as long as tasks and jobs that began on them have not ended. @defaultValue none */
  readonly former?: readonly (PlaybookOf | ColleagueOf)[]
  /** How many tasks are under way at once, of the team and of each requester; the others wait in the queue. @defaultValue 10,000 each */
  readonly atOnce?: { readonly team?: number; readonly requester?: number }
  /** What all of them together may use in each stretch of time. Reached, what they would do waits and a person is asked. @defaultValue none */
  readonly window?: WindowOptions
  /** What is bundled for Temporal, where one is configured. @defaultValue none: hosts drive the team's tasks wherever it runs */
  readonly workflows?: WorkflowsSource
  /** Non-secret configuration that a deployment records. */
  readonly configuration?: Json
}

/** A team as it is loaded: the compiled definitions, with the models and the policies that go with them. */
export interface TeamOf<P extends PlaybookOf = PlaybookOf> extends Team, TeamSecrets {
  readonly policies: PolicySource
  readonly workflows?: WorkflowsSource
  /** The model of each colleague that thinks. */
  readonly models: Readonly<Record<string, ModelStep>>
  /** Only for types: the playbooks as their author wrote them. */
  readonly source: { readonly playbooks: readonly P[] }
}

/**
 * Composes a team and checks it as far as that goes without running it.
 *
 * @throws RosterError `definition-invalid`, `not-durable`: what is wrong, where, and what to do.
 */
export function team<P extends PlaybookOf>(name: string, options: TeamOptions<P>): TeamOf<P> {
  assertName(name)
  const agents = options.colleagues.filter((one): one is ColleagueOf => one.kind === 'agent')
  const people = options.colleagues.filter((one): one is Person => one.kind === 'person')
  const tools = byName([...agents.flatMap((agent) => agent.options.tools ?? []), ...(options.tools ?? [])], 'tool')
  const compiled = {
    colleagues: mapped(byName([...people, ...agents], 'colleague'), (one) =>
      one.kind === 'person' ? compilePerson(one) : compileColleague(one),
    ),
    playbooks: mapped(byName(options.playbooks, 'playbook'), compilePlaybook),
    tools: mapped(tools, compileTool),
  }
  assertOwners(compiled, new Set(people.map((one) => one.name)))
  const configuration = options.configuration ?? {}
  const window = windowOf(options.window, 'team')
  const former = formerDefinitions(options.former ?? [])
  return {
    name,
    ...compiled,
    ...(Object.keys(former).length === 0 ? {} : { former }),
    ...atOnceOf(name, options.atOnce),
    ...window,
    configuration,
    digest: sha256(
      canonical({
        name,
        contents: contentsOf(compiled),
        configuration,
        ...(window as { readonly [part: string]: Json }),
      }),
    ),
    policies: options.policies,
    ...(options.workflows === undefined ? {} : { workflows: options.workflows }),
    ...secretsOfTeam(agents, Object.values(tools)),
    models: Object.fromEntries(
      agents.flatMap((agent) => (agent.options.model === undefined ? [] : [[agent.name, agent.options.model]])),
    ),
    source: { playbooks: options.playbooks },
  }
}

/** Names, versions and digests of all that a team is made of: what a deployment records and compares. */
export function contentsOf({ colleagues, playbooks, tools }: Pick<Team, 'colleagues' | 'playbooks' | 'tools'>): {
  readonly [id: string]: string
} {
  const contents: Record<string, string> = {}
  for (const { name, version, duty, accepts } of Object.values(colleagues)) {
    contents[`colleague/${name}@${version}`] = duty.digest
    for (const [kind, { definition }] of Object.entries(accepts))
      contents[`work/${name}@${version}/${kind}`] = definition.digest
  }
  for (const { name, version, definition } of Object.values(playbooks))
    contents[`playbook/${name}@${version}`] = definition.digest
  for (const { name, version, digest } of Object.values(tools)) contents[`tool/${name}@${version}`] = digest
  return contents
}

/** What tasks and jobs may have begun on, by id. */
function formerDefinitions(former: readonly (PlaybookOf | ColleagueOf)[]): Record<string, Definition> {
  const definitions = former.flatMap((one) =>
    'kind' in one
      ? Object.values(compileColleague(one).accepts).map(({ definition }) => definition)
      : [compilePlaybook(one).definition],
  )
  return dictionary(Object.fromEntries(definitions.map((definition) => [definition.id, definition])))
}

function byName<T extends { readonly name: string }>(all: readonly T[], what: string): Record<string, T> {
  const named = dictionary<T>({})
  for (const one of all) {
    const other = named[one.name]
    if (other !== undefined && other !== one) {
      throw new RosterError('definition-invalid', `two definitions of the ${what} "${one.name}" are in the team`, {
        path: one.name,
        hint: 'Give each its own name, or use one definition in both places.',
      })
    }
    named[one.name] = one
  }
  return named
}

function mapped<T, R>(all: Record<string, T>, compile: (one: T) => R): Record<string, R> {
  return dictionary(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, compile(one)])))
}

/** Without what every object inherits: names come from outside too, and `constructor` is nobody's. */
function dictionary<T>(entries: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, entries)
}

function assertOwners(compiled: Pick<Team, 'colleagues' | 'playbooks' | 'tools'>, people: ReadonlySet<string>): void {
  for (const { name, owner } of [compiled.colleagues, compiled.playbooks, compiled.tools].flatMap((group) =>
    Object.values<{ name: string; owner: string }>(group),
  )) {
    if (people.has(owner)) continue
    throw new RosterError('definition-invalid', `the owner of ${name}, ${owner}, is not a person of the team`, {
      path: name,
      hint: `Add person('${owner}', …) to its colleagues.`,
    })
  }
}
