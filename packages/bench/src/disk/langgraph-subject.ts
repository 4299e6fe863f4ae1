import pg from 'pg'

import { seconds } from '../measure/stopwatch.ts'
import { loopingGraph, runThread } from '../peers/langgraph.ts'
import { serve } from '../subject/serve.ts'
import type { Rewriting } from '../world/notebook.ts'
import { textOf } from '../world/text.ts'
import { actorCount, documentBytes } from './extent.ts'
import type { DiskOptions } from './roster-subject.ts'

interface State {
  readonly count: number
  readonly until: number
  readonly document: string
  readonly done: boolean
}

const documentAfter: Record<Rewriting, (state: State) => Partial<State>> = {
  kept: () => ({}),
  same: ({ document }) => ({ document: JSON.parse(JSON.stringify(document)) as string }),
  new: ({ count }) => ({ document: textOf(documentBytes, count) }),
  brought: ({ count }) => ({ document: textOf(documentBytes, count) }),
}

await serve(async ({ url, rewriting }: DiskOptions) => {
  const pool = new pg.Pool({ connectionString: url, max: actorCount })
  const work = (state: State): Promise<Partial<State>> => {
    const count = state.count + 1
    // A channel that does not change is not written: `done` is told once.
    const done = count >= state.until ? { done: true } : {}
    return Promise.resolve({ count, ...documentAfter[rewriting](state), ...done })
  }
  const graph = await loopingGraph<State>(pool, ['count', 'until', 'document', 'done'], work)
  let runs = 0
  return {
    async run(amount) {
      const start = seconds()
      const until = Math.ceil(amount / actorCount)
      runs += 1
      const input: State = { count: 0, until, document: textOf(documentBytes, 1), done: false }
      await Promise.all(Array.from({ length: actorCount }, (_, index) => runThread(graph, `${runs}-${index}`, input)))
      return { count: until * actorCount, seconds: seconds() - start }
    },
  }
})
