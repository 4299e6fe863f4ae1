import pg from 'pg'

import { seconds } from '../measure/stopwatch.ts'
import { loopingGraph, runThread } from '../peers/langgraph.ts'
import { endless } from '../subject/endless.ts'
import { Gate } from '../subject/gate.ts'
import { Latencies } from '../subject/latencies.ts'
import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'
import { actorCount } from './team.ts'

export interface LangGraphOptions {
  readonly url: string
}

interface State {
  readonly thread: string
  readonly number: number
  readonly document: string
  readonly done: boolean
}

await serve(async ({ url }: LangGraphOptions) => {
  const gate = new Gate()
  const latencies = new Latencies()
  const document = textOf(1000, 1)
  const begunAt = new Map<string, number>()
  let count = 0

  /** A step: 1 KB and a number are new. It ends when the next one of its thread begins. */
  async function work({ thread, number }: State): Promise<Partial<State>> {
    const before = begunAt.get(thread)
    if (before !== undefined) {
      count += 1
      if (gate.isOpen) latencies.add(seconds() - before)
    }
    await gate.pass()
    begunAt.set(thread, seconds())
    return { number: number + 1, document }
  }

  const pool = new pg.Pool({ connectionString: url, max: actorCount })
  const graph = await loopingGraph<State>(pool, ['thread', 'number', 'document', 'done'], work)
  for (let index = 0; index < actorCount; index++) {
    const input: State = { thread: `thread-${index}`, number: 0, document, done: false }
    runThread(graph, input.thread, input).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    })
  }
  return endless({ gate, latencies, count: () => count })
})
