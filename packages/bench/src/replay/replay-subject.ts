import { genesis, rebuild, type ActorState } from '@roster/core'

import { seconds, timed } from '../measure/stopwatch.ts'
import { median } from '../measure/median.ts'
import { serve, type Work } from '../subject/serve.ts'
import { sha256 } from '../world/system.ts'
import { eventsOf, folded } from './fold.ts'
import { history, recordCount } from './history.ts'
import { modes, type Mode } from './modes.ts'

export interface ReplayOptions {
  readonly url: string
}

/** Cold starts of one slice: each takes a moment only. */
const coldStarts = 50

await serve(async ({ url }: ReplayOptions) => {
  const told = await history(url)
  const { store, host, stream } = told
  const all = await store.read(stream)
  if (all.length !== recordCount) throw new Error(`the history has ${all.length} records`)
  const events = eventsOf(all)
  const runs: Record<Mode, () => Promise<Work>> = { verified, transition, cold, naive }
  return { run: (mode) => runs[modes[mode] ?? 'verified']() }

  /** Read from PostgreSQL, every hash of the chain compared, every patch applied, the digest of the end compared. */
  async function verified(): Promise<Work> {
    const { value, seconds: took } = await timed(async () =>
      rebuild(await store.read(stream), sha256, { state: null, hash: genesis }),
    )
    expectCount(contextOf(value.state))
    return { count: all.length, seconds: took }
  }

  /** XState's own function over the same events, which are in memory already. */
  function transition(): Promise<Work> {
    const start = seconds()
    expectCount({ count: folded(told, events) })
    return Promise.resolve({ count: events.length, seconds: seconds() - start })
  }

  /** The host loads an actor that it does not have in memory: snapshot, the records after it verified, the machine revived. */
  async function cold(): Promise<Work> {
    const times: number[] = []
    for (let index = 0; index < coldStarts; index++) {
      host.actors.forget(stream)
      const { value, seconds: took } = await timed(() => host.actors.get(stream, undefined))
      expectCount(contextOf(value.state))
      times.push(took)
    }
    return { count: 1, seconds: median(times) }
  }

  /** All records from PostgreSQL, and the machine over all events: no snapshot, no patches, nothing verified. */
  async function naive(): Promise<Work> {
    const { value, seconds: took } = await timed(async () => folded(told, eventsOf(await store.read(stream))))
    expectCount({ count: value })
    return { count: 1, seconds: took }
  }
})

function contextOf(state: ActorState | null): { readonly count: number } {
  return state?.machine.context as unknown as { readonly count: number }
}

function expectCount({ count }: { readonly count: number }): void {
  if (count !== recordCount - 1) throw new Error(`replay ends with a count of ${count}`)
}
