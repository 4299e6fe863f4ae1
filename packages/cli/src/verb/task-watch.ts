import { durationMs, option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCodeOfTask } from '../failure/exit-code-of-task.ts'
import { follow } from '../team/follow.ts'
import { recordLine } from '../view/record-line.ts'
import { taskFacts } from '../view/task-view.ts'

interface Options {
  readonly timeout?: number
}

export const taskWatch = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'watch <task>',
    summary: 'show what happens to a task, until it has ended',
    examples: ['task watch 01JDXQ7V7X6W9Z2M4T8R5N3K1B', 'task watch 01JDXQ7V7X6W9Z2M4T8R5N3K1B --timeout 5m --json'],
    options: [option('--timeout <time>', 'stop watching after this time').argParser(durationMs)],
    notes:
      'With --json each record is a line, {"type":"record",…}; the last line is {"type":"task",…}.\nThe exit code is that of the task: 0 done (or the time is over), 1 failed or cancelled, 3 refused.',
    async run({ args: [task = ''], options: { timeout }, answer, reach, world: { signal, now } }) {
      await using reached = await reach()
      const { operations } = reached
      const until = timeout === undefined ? Number.POSITIVE_INFINITY : now() + timeout
      let summary = await operations.task(task)
      for await (const record of follow(operations, { task, after: 0 }, signal)) {
        if (record !== undefined) {
          answer.line({ type: 'record', ...record }, (paint) => recordLine(record, paint))
          continue
        }
        // Asked before the last look, so that what came between the two is shown as well.
        if (summary.endedAt !== null || now() >= until) break
        summary = await operations.task(task)
      }
      answer.line({ type: 'task', ...summary }, (paint) => `\n${taskFacts(summary, paint)}`)
      return exitCodeOfTask(summary.status)
    },
  })
