import type { Operations } from 'roster/client'

import { folderOf, type Call } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { follow } from '../team/follow.ts'
import { recordLine } from '../view/record-line.ts'
import { whoTable } from '../view/who-view.ts'

export const dev = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'dev',
    summary: 'put the team to work in this process, and show who does what',
    examples: ['dev', 'dev --team src/team.ts --folder /var/lib/desk --json'],
    notes:
      'Other commands in the same folder talk to it. An interrupt ends it cleanly; what was under way goes on at the next start.\nWith --json the first line is {"type":"ready",…}, then each record is a line {"type":"record",…}.',
    async run(call) {
      await using reached = await call.reach()
      const { operations, hosted } = reached
      await announce(call, operations, hosted !== undefined)
      await show(call, operations)
      call.answer.note('\nStopped. What was under way goes on at the next start.')
      return exitCode.ok
    },
  })

async function announce({ world, options, answer }: Call, operations: Operations, here: boolean): Promise<void> {
  const colleagues = await operations.who()
  const totals = await operations.totals()
  const folder = folderOf(world, options)
  answer.line(
    {
      type: 'ready',
      folder,
      hosting: here,
      pid: process.pid,
      colleagues: colleagues.map(({ name }) => name),
      records: totals.records,
    },
    (paint) => whoTable(colleagues, totals, paint),
  )
  answer.note(
    `\n${here ? `At work in ${folder}.` : `Another process is at work in ${folder}; this is what it does.`} Stop with Ctrl-C. In another terminal: roster task publish, roster inbox, roster why.\n`,
  )
}

async function show({ world: { signal }, answer }: Call, operations: Operations): Promise<void> {
  try {
    const { records } = await operations.totals()
    for await (const record of follow(operations, { after: records }, signal)) {
      if (record !== undefined) answer.line({ type: 'record', ...record }, (paint) => recordLine(record, paint))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
