import { definitionDigest, machineAsData, type Colleague, type Team } from '@roster/core'

import { readingPolicy, readingTeam } from '../step/team.ts'
import { sha256 } from '../world/system.ts'
import { four, reader } from './machines.ts'

const { colleagues } = readingTeam({ contracts: true })

/** One reader, and the playbook that asks it four times. */
export const fourTeam: Team = {
  name: 'bench',
  digest: sha256('bench'),
  // As many at a time as come: what is measured is the coordination.
  colleagues: { [reader]: { ...(colleagues[reader] as Colleague), concurrency: 100_000 } },
  playbooks: {
    four: {
      name: 'four',
      version: '1.0.0',
      owner: 'nobody',
      definition: {
        ...four,
        kind: 'playbook',
        digest: definitionDigest(sha256, { id: four.id, machine: machineAsData(four.machine) }),
      },
    },
  },
  tools: {},
  configuration: {},
}

/** Who may do what, as in the group `step`. */
export const fourPolicy = readingPolicy(fourTeam)
