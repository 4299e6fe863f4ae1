import { standardDuty, type Colleague, type Playbook, type Schema, type Team } from '@roster/core'
import { cedarPolicy, type CedarPolicy } from '@roster/cedar'
import { z } from 'zod'

import { definition } from '../world/definition.ts'
import { sha256 } from '../world/system.ts'
import { askingPlaybook, readingJob } from './machines.ts'

/** Actors that are asked, each by a task of its own. */
export const actorCount = 32

const question = z.object({ number: z.number().int(), document: z.string() })
const reply = z.object({ number: z.number().int() })

interface ReadingOptions {
  readonly contracts: boolean
  /** How many readers. @defaultValue 32 */
  readonly actors?: number
}

/** Readers and the playbooks that ask them; with or without the contracts of what they are asked and answer. */
export function readingTeam({ contracts, actors = actorCount }: ReadingOptions): Team {
  const names = Array.from({ length: actors }, (_, index) => `reader-${index}`)
  return {
    name: 'bench',
    digest: sha256('bench'),
    colleagues: Object.fromEntries(names.map((name) => [name, reader(name, contracts)])),
    playbooks: Object.fromEntries(names.map((name) => [`ask-${name}`, playbook(name, contracts)])),
    tools: {},
    configuration: {},
  }
}

/** Who may do what: the questions of the work and nothing else. */
export function readingPolicy(team: Team): CedarPolicy {
  return cedarPolicy({
    team: {
      name: team.name,
      colleagues: Object.values(team.colleagues),
      tools: [],
      playbooks: Object.keys(team.playbooks),
      models: [],
      kinds: ['task', 'work', 'read', 'cancel', ...Object.keys(team.playbooks)],
    },
    policies: [{ file: 'bench.cedar', text: policies }],
  })
}

const policies = `
@id("anyone-brings-tasks")
permit (principal is Client, action == Action::"publish", resource is Playbook);

@id("tasks-ask-readers")
permit (principal is Task, action == Action::"send", resource is Colleague)
when { resource.role == "reader" && context.kind == "read" };

@id("nothing-else-of-untrusted-text")
forbid (principal, action == Action::"use", resource)
when { context.integrity == "untrusted" };
`

function reader(name: string, contracts: boolean): Colleague {
  return {
    kind: 'agent',
    name,
    version: '1.0.0',
    role: 'reader',
    owner: 'nobody',
    duty: definition('colleague', `${name}@1.0.0`, standardDuty),
    concurrency: 4,
    accepts: {
      read: {
        definition: definition(
          'job',
          `${name}@1.0.0/read`,
          readingJob,
          only(contracts, { input: question, output: reply }),
        ),
        instructions: '',
        tools: [],
      },
    },
    tools: [],
    model: null,
  }
}

function playbook(name: string, contracts: boolean): Playbook {
  const id = `ask-${name}`
  return {
    name: id,
    version: '1.0.0',
    owner: 'nobody',
    definition: definition('playbook', `${id}@1.0.0`, askingPlaybook(name), only(contracts, { input: question })),
  }
}

function only<T extends Record<string, Schema>>(contracts: boolean, schemas: T): Partial<T> {
  return contracts ? schemas : {}
}
