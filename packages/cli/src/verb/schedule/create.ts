import { personOf } from '../../command/call.ts'
import { durationMs, option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { readInput } from '../../publish/read-input.ts'
import { requesterName } from '../../team/requester.ts'
import { scheduleFacts } from '../../view/schedule-view.ts'

const overlaps = ['skip', 'queue', 'allow'] as const

interface Options {
  readonly cron: string
  readonly zone?: string
  readonly input?: string
  readonly overlap?: (typeof overlaps)[number]
  readonly catchUp?: number
}

export const scheduleCreate = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'create <name> <playbook>',
    summary: 'publish a task at each time of a calendar',
    examples: [
      'schedule create nightly close-books --cron "0 2 * * *" --zone Europe/Berlin --as controller',
      `schedule create hourly brief --cron @hourly --input '{"topic":"tides"}' --overlap queue --json`,
    ],
    options: [
      option(
        '--cron <expression>',
        'five fields (minute hour day month weekday), six with seconds first, or @daily',
      ).makeOptionMandatory(),
      option('--zone <zone>', 'the time zone in which it is read, such as Europe/Berlin (default: UTC)'),
      option('--input <json>', 'the input of each task: JSON, @file, or - for standard input'),
      option(
        '--overlap <what>',
        'at a time at which the task before has not ended: skip it, queue it, or allow it (default: skip)',
      ).choices(overlaps),
      option('--catch-up <time>', 'how long a time that was missed can be made up for (default: 1h)').argParser(
        durationMs,
      ),
    ],
    notes:
      'Its tasks are published in your name; you must be allowed to publish them, now and each time. Times are kept while a process of the team runs.',
    async run({ args: [name = '', playbook = ''], options, answer, reach }) {
      const { cwd, terminal } = world
      const input = options.input === undefined ? {} : await readInput(options.input, { cwd, stdin: terminal.input })
      await using reached = await reach()
      const { operations } = reached
      const { cron, zone, overlap, catchUp: catchUpMs } = options
      await operations.createSchedule({
        name,
        playbook,
        input,
        cron,
        by: personOf(world, options) ?? requesterName,
        ...(zone === undefined ? {} : { zone }),
        ...(overlap === undefined ? {} : { overlap }),
        ...(catchUpMs === undefined ? {} : { catchUpMs }),
      })
      const made = (await operations.schedules()).find((one) => one.name === name) ?? null
      answer.whole(made, (paint) => (made === null ? '' : scheduleFacts(made, paint)))
      return exitCode.ok
    },
  })
