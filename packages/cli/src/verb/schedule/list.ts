import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { scheduleTable } from '../../view/schedule-view.ts'

export const scheduleList = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'list',
    summary: 'list schedules: when they publish next, when they did last, and what they skipped',
    examples: ['schedule list', 'schedule list --json'],
    async run({ answer, reach }) {
      await using reached = await reach()
      const schedules = await reached.operations.schedules()
      answer.whole(schedules, (paint) => scheduleTable(schedules, paint))
      return exitCode.ok
    },
  })
