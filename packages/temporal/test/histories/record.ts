/**
 * Records the histories that are replayed, anew and on purpose: `node packages/temporal/test/histories/record.ts`. Only histories of the last
 * interpreter may be recorded again, until it is out: those of earlier ones (1: without search attributes) stay what they are.
 */
import { mkdir, writeFile } from 'node:fs/promises'

import { streamName } from '@roster/core'
import { startTemporal } from '@roster/testing/servers'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'

import { workflowIdOf } from '../../src/index.ts'
import { openStage } from '../kit/open-stage.ts'

const folder = new URL('released/2-visible/', import.meta.url)
await mkdir(folder, { recursive: true })
await using server = await startTemporal({ store: 'memory' })
const { stage, world } = await openStage({ address: server.url })
await using _ = stage

async function record(name: string, task: string): Promise<void> {
  const handle = world.client.workflow.getHandle(workflowIdOf(streamName.task('contract', task)))
  await handle.result()
  await writeFile(
    new URL(`${name}.json`, folder),
    `${JSON.stringify(JSON.parse(historyToJSON(await handle.fetchHistory())))}\n`,
  )
}

for (const [name, order] of Object.entries({
  line: { value: 'tides' },
  parallel: { value: 1 },
  loop: { value: 'again', rounds: 5 },
  rested: { value: 'up' },
  late: {},
  handled: {},
  unhandled: {},
})) {
  const task = await stage.publish(name, order)
  await stage.end(task)
  await record(name, task)
}

const escalated = await stage.publish('approved', { value: 'text' })
await stage.reach(escalated, 'escalating')
await stage.decide('eve', 'approved')
await stage.end(escalated)
await record('approved-by-the-second', escalated)

const cancelled = await stage.publish('patient')
await stage.reach(cancelled, 'asking')
await stage.cancel(cancelled)
await stage.end(cancelled)
await record('cancelled', cancelled)

// Last, because its notice stays in the owner's inbox.
const broken = await stage.publish('broken')
await stage.end(broken)
await record('broken', broken)
