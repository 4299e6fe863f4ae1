import { parseStream } from '@roster/core'

import type { Evidence } from './evidence.ts'
import { orderOf } from './nothing-lost.ts'

/** What an order asks for is done outside at most once, and exactly once if its task says that it is done. */
export function effectOnce({ records, deeds }: Evidence): readonly string[] {
  const orders = new Map<string, string>()
  const done = new Set<string>()
  for (const read of records) {
    const { stream, version, outcome } = read.envelope
    if (parseStream(stream).kind !== 'task') continue
    if (version === 1) orders.set(stream, orderOf(read))
    if (outcome?.status === 'done') done.add(orders.get(stream) ?? '')
  }
  const all = new Set([...orders.values(), ...deeds.map((deed) => deed.order)])
  return [...all].flatMap((order) => ['pay', 'post'].flatMap((tool) => problemsOf(order, tool)))

  function problemsOf(order: string, tool: string): readonly string[] {
    const times = deeds.filter((deed) => deed.order === order && deed.tool === tool).length
    if (times > 1) return [`${order} had ${tool} done ${times} times`]
    return times === 0 && done.has(order) ? [`${order} is done without ${tool}`] : []
  }
}
