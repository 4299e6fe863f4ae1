/**
 * Runs the till in a folder until its tasks have ended, and prints how. With a crash point it kills itself there.
 * Usage: till-process.ts FOLDER [POINT COUNT]
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { pgliteStore } from '@roster/postgres'
import { crashPoints } from '@roster/testing'

import { assemble } from '../../src/embedded/assemble.ts'
import { fileCheckpoints, hostKey } from '../../src/embedded/checkpoints.ts'
import { folderKeys } from '../../src/embedded/keys.ts'
import { loadPolicy } from '../../src/embedded/load-policy.ts'
import { systemAlarm, systemClock, systemIds } from '../../src/embedded/system.ts'
import { till } from './till.ts'

const [folder = '', point = '', count = '1'] = process.argv.slice(2)
const kill = (): void => process.kill(process.pid, 'SIGKILL') as unknown as void
let calls = 0
const team = till(join(folder, 'ledger'), (at) => {
  if (at === point && (calls += 1) === Number(count)) kill()
})
await mkdir(folder, { recursive: true })
const store = crashPoints(
  await pgliteStore({ dataDir: join(folder, 'store'), tenant: 'till' }),
  { [point]: Number(count) },
  kill,
)
const parts = {
  store,
  policy: await loadPolicy(team),
  keys: await folderKeys(join(folder, 'keys'), ['owner', 'cashier', hostKey]),
  checkpoints: fileCheckpoints(join(folder, 'checkpoints.jsonl')),
}
const opened = await assemble(team, {
  ...parts,
  clock: systemClock,
  alarm: systemAlarm(systemClock),
  ids: systemIds(),
  hostName: 'till',
  build: 'test',
  deployment: { by: 'test', message: '' },
})
const orders = [
  { order: 'o-1', amount: '10' },
  { order: 'o-2', amount: '900' },
]
for (const input of orders)
  await opened.publish({ playbook: 'buy', input, idempotencyKey: input.order, requester: 'shop' })
await opened.idle()
for (const { item } of await opened.inbox('owner'))
  await opened.decide({ item, person: 'owner', decision: 'approved', reason: 'fine' })
await opened.idle()
const tasks = await opened.tasks()
const histories = await Promise.all(
  tasks.map(async ({ task, about, status }) => {
    const { steps, verified } = await opened.replay({ subject: task })
    return {
      about,
      status,
      verified,
      states: steps.filter(({ stream }) => stream.includes('/task/')).map(({ after }) => after),
    }
  }),
)
const verification = await opened.verify()
await opened[Symbol.asyncDispose]()
process.stdout.write(JSON.stringify({ histories, verified: verification.verified, problems: verification.problems }))
