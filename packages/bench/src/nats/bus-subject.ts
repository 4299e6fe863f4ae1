import { openNats, teamCredentials } from '@roster/nats'
import { postgresStore } from '@roster/postgres'
import { publish } from '@roster/runtime'

import { endless } from '../subject/endless.ts'
import { Gate } from '../subject/gate.ts'
import { Latencies } from '../subject/latencies.ts'
import { serve } from '../subject/serve.ts'
import { readingPolicy, readingTeam } from '../step/team.ts'
import { WatchedStore } from '../step/watched-store.ts'
import { hosted } from '../world/host.ts'
import { systemClock } from '../world/system.ts'
import { textOf } from '../world/text.ts'

export interface BusOptions {
  readonly url: string
  readonly servers: readonly string[]
  /** Where the keys of all are. */
  readonly folder: string
  readonly name: string
  readonly actors: number
  /** Whether it hosts the tasks, and loads the team; the other one hosts the colleagues. */
  readonly tasks: boolean
}

/** Half of the partitions are for colleagues, and come first. */
const half = 16

await serve(async ({ url, servers, folder, name, actors, tasks }: BusOptions) => {
  const gate = new Gate()
  const latencies = new Latencies()
  const watched = new WatchedStore(await postgresStore({ connectionString: url, tenant: 'bench' }), { gate, latencies })
  gate.open()
  const team = readingTeam({ contracts: true, actors })
  const policy = readingPolicy(team)
  const credentials = await teamCredentials({ team, policy, folder, servers, clock: systemClock })
  const nats = openNats({ credentials, name })
  const { host, intake } = await hosted({
    store: watched.store,
    team,
    policy,
    bus: nats.bus,
    // As `roster up` has it.
    options: { name, mostPartitions: half, partitionLeaseMs: 10_000, effectLeaseMs: 30_000, resendAfterMs: 5000 },
    loads: tasks,
  })
  // Else whoever is there first takes what the other has not claimed yet.
  host.share = half
  let begun = !tasks
  const work = endless({ gate, latencies, count: () => watched.count() })
  return {
    async run(amount) {
      if (!begun) {
        begun = true
        for (const playbook of Object.keys(team.playbooks)) {
          const input = { number: 0, document: textOf(1000, playbook.length) }
          await publish(intake, { playbook, input, requester: 'bench', idempotencyKey: playbook })
        }
      }
      return await work.run(amount)
    },
  }
})
