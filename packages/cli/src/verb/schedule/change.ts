import type { Operations } from 'roster/client'

import { personOf } from '../../command/call.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { requesterName } from '../../team/requester.ts'
import { safeText } from '../../terminal/safe-text.ts'

/** What is done to a schedule that there is. */
interface Change {
  readonly word: string
  readonly summary: string
  readonly method: 'pauseSchedule' | 'resumeSchedule' | 'deleteSchedule'
  readonly done: string
}

const change = (world: World, ended: Ended, { word, summary, method, done }: Change) =>
  verb(world, ended, {
    usage: `${word} <name>`,
    summary,
    examples: [`schedule ${word} nightly --as controller`],
    async run({ args: [name = ''], options, answer, reach }) {
      await using reached = await reach()
      const operations: Pick<Operations, Change['method']> = reached.operations
      const ordered = await operations[method]({ name, by: personOf(world, options) ?? requesterName })
      answer.whole(ordered, (paint) => `${paint.strong(safeText(name))} ${done}`)
      return exitCode.ok
    },
  })

export const schedulePause = (world: World, ended: Ended) =>
  change(world, ended, {
    word: 'pause',
    summary: 'publish nothing until it is resumed',
    method: 'pauseSchedule',
    done: 'is paused: it publishes nothing until it is resumed.',
  })

export const scheduleResume = (world: World, ended: Ended) =>
  change(world, ended, {
    word: 'resume',
    summary: 'publish again, from the next time on',
    method: 'resumeSchedule',
    done: 'publishes again, from the next time on.',
  })

export const scheduleDelete = (world: World, ended: Ended) =>
  change(world, ended, {
    word: 'delete',
    summary: 'forget a schedule; its tasks go on',
    method: 'deleteSchedule',
    done: 'is deleted. Its tasks go on.',
  })
