import { postgresStore } from '@roster/postgres'
import { publish } from '@roster/runtime'

import { endless } from '../subject/endless.ts'
import { Gate } from '../subject/gate.ts'
import { Latencies } from '../subject/latencies.ts'
import { serve } from '../subject/serve.ts'
import { hosted } from '../world/host.ts'
import { textOf } from '../world/text.ts'
import { actorCount, readingPolicy, readingTeam } from './team.ts'
import { anything, numbering } from './trust.ts'
import { WatchedStore } from './watched-store.ts'

export interface RosterOptions {
  readonly url: string
  /** Whether policy, contracts, budgets, chain and keys are on. */
  readonly trust: boolean
  /** Actors that are asked. @defaultValue 32 */
  readonly actors?: number
}

await serve(async ({ url, trust, actors = actorCount }: RosterOptions) => {
  const gate = new Gate()
  const latencies = new Latencies()
  const watched = new WatchedStore(await postgresStore({ connectionString: url, tenant: 'bench' }), {
    gate,
    latencies,
    budgets: trust,
  })
  gate.open()
  const team = readingTeam({ contracts: trust, actors })
  const { host, intake } = await hosted({
    store: watched.store,
    team,
    policy: trust ? readingPolicy(team) : anything,
    ...(trust ? {} : { hash: numbering() }),
    keys: trust,
  })
  gate.close()
  for (const playbook of Object.keys(team.playbooks)) {
    const input = { number: 0, document: textOf(1000, playbook.length) }
    await publish(intake, { playbook, input, requester: 'bench', idempotencyKey: playbook })
  }
  host.idle().catch((error: unknown) => {
    throw error
  })
  return endless({ gate, latencies, count: () => watched.count() })
})
