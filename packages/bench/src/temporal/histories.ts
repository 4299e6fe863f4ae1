import { connectTemporal } from '@roster/temporal'

import { median } from '../measure/median.ts'

/** How large histories of ended workflows are. */
export interface HistorySize {
  readonly events: number
  readonly bytes: number
}

/** Workflows looked at. */
const most = 50

/** The median size of the histories of a queue's workflows, as the server tells it. */
export async function historySizes(address: string, taskQueue: string): Promise<HistorySize> {
  await using temporal = await connectTemporal({ address })
  const events: number[] = []
  const bytes: number[] = []
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Completed'`
  for await (const { historyLength, historySize } of temporal.client.workflow.list({ query })) {
    events.push(historyLength)
    bytes.push(historySize ?? Number.NaN)
    if (events.length === most) break
  }
  return { events: median(events), bytes: median(bytes) }
}
