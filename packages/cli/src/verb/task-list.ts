import type { TaskStatus } from 'roster/client'

import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { taskTable } from '../view/task-view.ts'

const statuses = [
  'queued',
  'running',
  'waiting',
  'done',
  'refused',
  'failed',
  'cancelled',
  'stopped',
] as const satisfies readonly TaskStatus[]

interface Options {
  readonly status?: TaskStatus
  readonly about?: string
}

export const taskList = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'list',
    summary: 'list tasks, the oldest first',
    examples: ['task list', 'task list --status waiting', 'task list --about invoice/4711 --json'],
    options: [
      option('--status <status>', 'only tasks of this status').choices(statuses),
      option('--about <key>', 'only tasks with this business key'),
    ],
    async run({ options: { status, about }, answer, reach }) {
      await using reached = await reach()
      const tasks = await reached.operations.tasks({
        ...(status === undefined ? {} : { status }),
        ...(about === undefined ? {} : { about }),
      })
      answer.whole(tasks, (paint) => taskTable(tasks, paint))
      return exitCode.ok
    },
  })
