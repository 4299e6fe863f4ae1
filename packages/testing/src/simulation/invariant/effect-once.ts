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
  const problems: string[] = []
  for (const order of new Set([...orders.values(), ...deeds.map((deed) => deed.order)])) {
    for (const tool of ['pay', 'post']) {
      const times = deeds.filter((deed) => deed.order === order && deed.tool === tool).length
      if (times > 1) problems.push(`${order} had ${tool} done ${times} times`)
      if (times === 0 && done.has(order)) problems.push(`${order} is done without ${tool}`)
    }
  }
  return problems
}
