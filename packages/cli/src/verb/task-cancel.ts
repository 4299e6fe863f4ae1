import { personOf } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { requesterName } from '../team/requester.ts'
import { settle } from '../team/settle.ts'
import { taskFacts } from '../view/task-view.ts'

/** How long it waits to see the task end. */
const settleMs = 10_000

export const taskCancel = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'cancel <task>',
    summary: 'withdraw a task',
    examples: ['task cancel 01JDXQ7V7X6W9Z2M4T8R5N3K1B --as ada'],
    notes:
      'Ends with 0 if the task is cancelled, also if it was before; with 3 if it had ended in another way or the team refuses.',
    async run({ args: [task = ''], options, answer, reach }) {
      await using reached = await reach()
      const { operations } = reached
      const by = personOf(world, options) ?? requesterName
      const before = await operations.task(task)
      if (before.endedAt === null) await operations.cancel(task, by)
      const summary =
        before.endedAt === null
          ? await settle(operations, {
              task,
              untilMs: world.now() + settleMs,
              now: world.now,
              enough: ({ endedAt }) => endedAt !== null,
            })
          : before
      answer.whole(summary, (paint) => taskFacts(summary, paint))
      return summary.status === 'cancelled' ? exitCode.ok : exitCode.refused
    },
  })
