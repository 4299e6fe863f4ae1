import type { Json } from '@roster/core'
import { postgresStore } from '@roster/postgres'

import { seconds } from '../measure/stopwatch.ts'
import { serve } from '../subject/serve.ts'
import { feed } from '../world/feed.ts'
import { hosted } from '../world/host.ts'
import { notebookPolicy, notebookTeam, type Rewriting } from '../world/notebook.ts'
import { textOf } from '../world/text.ts'
import { actorCount, documentBytes } from './extent.ts'

export interface DiskOptions {
  readonly url: string
  readonly rewriting: Rewriting
}

await serve(async ({ url, rewriting }: DiskOptions) => {
  const store = await postgresStore({ connectionString: url, tenant: 'bench' })
  const team = notebookTeam(actorCount, documentBytes, rewriting)
  const { host } = await hosted({ store, team, policy: notebookPolicy(team) })
  let first = 1
  return {
    async run(amount) {
      const start = seconds()
      const count = Math.ceil(amount / actorCount)
      await feed({ host, store, team }, { first, count, payload })
      first += count
      return { count: count * actorCount, seconds: seconds() - start }
    },
  }

  function payload(number: number): Json {
    return rewriting === 'brought' ? { number, document: textOf(documentBytes, number) } : { number }
  }
})
