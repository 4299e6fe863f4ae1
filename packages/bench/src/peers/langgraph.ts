import type pg from 'pg'

import { importPeer } from './import-peer.ts'

/** A node's part of the state. */
export type Update<State> = Partial<State>

/** As much of LangGraph as is used. https://reference.langchain.com/javascript/langchain-langgraph */
interface LangGraph {
  readonly Annotation: (() => unknown) & { Root(channels: Record<string, unknown>): unknown }
  readonly StateGraph: new (state: unknown) => Builder
  readonly START: string
  readonly END: string
}

interface Builder {
  addNode(name: string, node: (state: never) => unknown): Builder
  addEdge(from: string, to: string): Builder
  addConditionalEdges(from: string, route: (state: never) => string): Builder
  compile(options: { readonly checkpointer: unknown }): Graph
}

/** A compiled graph. */
export interface Graph {
  invoke(
    input: unknown,
    options: { configurable: { thread_id: string }; durability: 'sync' | 'async' | 'exit'; recursionLimit: number },
  ): Promise<unknown>
}

interface Saver {
  setup(): Promise<void>
}

/** A graph of one node that runs again and again, checkpointed in PostgreSQL, until its state says that it is done. */
export async function loopingGraph<State extends { readonly done: boolean }>(
  pool: pg.Pool,
  channels: readonly (keyof State & string)[],
  node: (state: State) => Promise<Update<State>>,
): Promise<Graph> {
  const { Annotation, StateGraph, START, END } = await importPeer<LangGraph>('@langchain/langgraph')
  const { PostgresSaver } = await importPeer<{ PostgresSaver: new (pool: pg.Pool) => Saver }>(
    '@langchain/langgraph-checkpoint-postgres',
  )
  const checkpointer = new PostgresSaver(pool)
  await checkpointer.setup()
  const state = Annotation.Root(Object.fromEntries(channels.map((channel) => [channel, Annotation()])))
  return new StateGraph(state)
    .addNode('work', node)
    .addEdge(START, 'work')
    .addConditionalEdges('work', ({ done }: State) => (done ? END : 'work'))
    .compile({ checkpointer })
}

/** Runs a thread of a graph; each step is on the disk before the next begins. */
export function runThread(graph: Graph, thread: string, input: unknown): Promise<unknown> {
  return graph.invoke(input, {
    configurable: { thread_id: thread },
    durability: 'sync',
    recursionLimit: Number.MAX_SAFE_INTEGER,
  })
}
