import type { Why, WhyRecord } from 'roster/client'

import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { chapter } from './why-chapter.ts'
import { counted, dayAndTime, money } from './units.ts'

/** The story behind a record or a business key on one screen: the tasks, then what each actor decided and did. */
export function whyText({ question, tasks, chain }: Why, paint: Paint): string {
  const told = chain.filter(isTelling)
  const left = chain.length - told.length
  return [
    `Why ${paint.strong(safeText(question))}`,
    ...tasks.map((task) => taskLine(task, paint)),
    paint.quiet(`On ${among(chain, ({ where }) => where.host)}, ${among(chain, ({ where }) => where.build)}.`),
    '',
    ...told.map((record, index) => chapter(record, told[index - 1], paint)),
    '',
    paint.quiet(
      `${counted(told.length, 'record')}${left === 0 ? '' : `, and ${left} in which a colleague only took or ended a piece of work`}. --json has all of each.`,
    ),
  ].join('\n')
}

/** A colleague's own stream says only that it took and ended work; what it did is in its jobs. What was denied is always told. */
function isTelling({ stream, kind }: WhyRecord): boolean {
  return kind !== 'stepped' || stream.includes('/job/') || stream.includes('/task/')
}

function taskLine(task: Why['tasks'][number], { strong, bad }: Paint): string {
  const { playbook, status, requester, costMicroUsd, error, startedAt, about } = task
  const end = error === null ? status : bad(`${status}: ${safeText(error.message)} (${safeText(error.code)})`)
  const what = [safeText(playbook), ...about.map(safeText)].join(' ')
  return `Task ${strong(task.task)}, ${what}, asked by ${safeText(requester)} on ${dayAndTime(startedAt)}: ${end}, ${money(costMicroUsd)}`
}

function among(chain: readonly WhyRecord[], part: (record: WhyRecord) => string): string {
  return [...new Set(chain.map(part))].map(safeText).join(' and ')
}
