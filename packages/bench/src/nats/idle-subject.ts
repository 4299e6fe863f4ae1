import { setTimeout as delay } from 'node:timers/promises'

import { oneCredential, openNats } from '@roster/nats'
import { postgresStore } from '@roster/postgres'

import { readingPolicy, readingTeam } from '../step/team.ts'
import { serve } from '../subject/serve.ts'
import { hosted } from '../world/host.ts'

export interface IdleOptions {
  readonly url: string
  readonly natsUrl: string
  readonly colleagues: number
}

/** Answers the memory of a host's process, in bytes, after so many seconds in which its colleagues had nothing to do. */
await serve(async ({ url, natsUrl, colleagues }: IdleOptions) => {
  const { host: servers, username: user, password: pass } = new URL(natsUrl)
  const nats = openNats({ credentials: oneCredential({ servers, user, pass }), name: 'idle' })
  const team = { ...readingTeam({ contracts: true, actors: colleagues }), playbooks: {} }
  const store = await postgresStore({ connectionString: url, tenant: 'bench' })
  await hosted({
    store,
    team,
    policy: readingPolicy(team),
    bus: nats.bus,
    // As `roster up` has it.
    options: { name: 'idle', partitionLeaseMs: 10_000, effectLeaseMs: 30_000, resendAfterMs: 5000 },
  })
  const { length: hired } = (await store.heads()).filter(({ stream }) => stream.includes('/agent/'))
  if (hired !== colleagues) throw new Error(`${hired} of ${colleagues} colleagues were hired`)
  return {
    async run(amount) {
      await delay(amount * 1000)
      return { count: process.memoryUsage().rss, seconds: amount }
    },
  }
})
