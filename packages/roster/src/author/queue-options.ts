import { priorities, RosterError, type Playbook, type Team } from '@roster/core'

import type { PlaybookOf } from './playbook.ts'

/** How many tasks of a playbook are under way at once, and how urgent they are. @throws RosterError `definition-invalid` */
export function queueOptions({
  name,
  options: { atOnce, priority },
}: PlaybookOf): Pick<Playbook, 'atOnce' | 'priority'> {
  if (atOnce !== undefined) assertCount(atOnce, `${name}/atOnce`)
  const { least, most } = priorities
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= least && priority <= most))
    throw new RosterError(
      'definition-invalid',
      `the priority of ${name} is a whole number from ${least} to ${most}, not ${priority}`,
      {
        path: `${name}/priority`,
        hint: `The most urgent is ${most}.`,
      },
    )
  return { ...(atOnce === undefined ? {} : { atOnce }), ...(priority === undefined ? {} : { priority }) }
}

/** How many tasks of a team and of each requester are under way at once. @throws RosterError `definition-invalid` */
export function atOnceOf(team: string, atOnce: Team['atOnce']): Pick<Team, 'atOnce'> {
  for (const [of, count] of Object.entries(atOnce ?? {})) assertCount(count, `${team}/atOnce/${of}`)
  return atOnce === undefined ? {} : { atOnce }
}

/** So many fit into what counts them. */
const mostAtOnce = 1_000_000

function assertCount(count: number, path: string): void {
  if (Number.isInteger(count) && count >= 1 && count <= mostAtOnce) return
  throw new RosterError('definition-invalid', `${path} is a whole number from 1 to ${mostAtOnce}, not ${count}`, {
    path,
    hint: 'To take no task at all, let no policy permit it.',
  })
}
