import { postgresStore } from '@roster/postgres'

import { seconds } from '../measure/stopwatch.ts'
import { serve, type Work } from '../subject/serve.ts'
import { AppendStream } from './append-stream.ts'

/** One process that appends to streams of its own. */
export interface AppendOptions {
  readonly url: string
  /** Names the process: two of them share the tenant, not the streams. */
  readonly name: string
  /** Appends in flight: each stream has one. */
  readonly inFlight: number
}

/** More than any budget holds in a run. */
const plenty = Number.MAX_SAFE_INTEGER

await serve(async ({ url, name, inFlight }: AppendOptions) => {
  const store = await postgresStore({ connectionString: url, tenant: 'bench' })
  // Claimed under one name, so that the second process gets the same fences.
  const fences = await store.claim('bench', 3_600_000)
  const owned = fences.length > 0 ? fences : await store.renew('bench', allFences(), 3_600_000)
  const streams = Array.from({ length: inFlight }, (_, index) => new AppendStream(`${name}-${index}`, owned))
  for (const one of streams) await prepare(one)
  return { run: (amount) => work(streams, amount) }

  async function prepare(one: AppendStream): Promise<void> {
    const granted = { costMicroUsd: plenty, tokens: plenty, modelCalls: plenty, toolCalls: plenty }
    const grant = { budget: one.stream, amounts: granted }
    await store.accept({ client: 'bench', key: one.stream, answer: '{}', pending: [one.first()], grant })
  }

  async function work(all: readonly AppendStream[], amount: number): Promise<Work> {
    const start = seconds()
    const counts = await Promise.all(all.map((one) => appendUntil(one, start + amount)))
    return { count: counts.reduce((sum, count) => sum + count, 0), seconds: seconds() - start }
  }

  async function appendUntil(one: AppendStream, end: number): Promise<number> {
    let count = 0
    for (; seconds() < end; count++) {
      const [result] = await store.append([one.next()])
      if (result?.kind !== 'appended') throw new Error(`an append was answered ${JSON.stringify(result)}`)
    }
    return count
  }
})

function allFences(): readonly { readonly partition: number; readonly epoch: number }[] {
  return Array.from({ length: 32 }, (_, partition) => ({ partition, epoch: 1 }))
}
