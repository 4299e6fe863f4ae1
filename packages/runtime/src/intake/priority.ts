import { defaultPriority, own, priorities, RosterError, type Team } from '@roster/core'

import type { Publication } from './intake.ts'

/**
 * How urgent a publication is: nobody from outside makes their tasks more urgent than the playbook's author wants them to be.
 *
 * @throws RosterError `input-invalid`
 */
export function priorityOf({ playbooks }: Team, { playbook, priority }: Publication): number {
  const most = own(playbooks, playbook)?.priority ?? defaultPriority
  if (priority === undefined) return most
  if (Number.isInteger(priority) && priority >= priorities.least && priority <= most) return priority
  throw new RosterError(
    'input-invalid',
    `the priority of a task of ${playbook} is from ${priorities.least} to ${most}, not ${priority}`,
    {
      path: 'priority',
      hint: 'Ask for less, or leave it out: `priority` of the playbook says the most.',
    },
  )
}
