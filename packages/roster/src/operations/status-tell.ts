import { notify } from '@roster/runtime'

import type { Told } from '../client/operations.ts'
import type { OperationsContext } from './context.ts'
import { dayOf } from './status-view.ts'
import { status } from './status.ts'

/** Puts a notice into the inbox of each owner whose playbook succeeds less often than it declares: one for each playbook and day (of UTC). */
export async function tellOwners(context: OperationsContext): Promise<readonly Told[]> {
  const rare = (await status(context)).filter(({ enough }) => !enough)
  const told: Told[] = []
  for (const { playbook, owner, ended, succeeded, share, atLeast, steps } of rare) {
    const { known } = await notify(context.intake, {
      person: owner,
      key: `success/${playbook}/${dayOf(context.clock.now())}`,
      question: `${playbook} succeeded in ${succeeded} of ${ended} tasks, which is less often than it declares.`,
      facts: {
        playbook,
        ended,
        succeeded,
        share,
        atLeast,
        steps: steps.map(({ step, answered, failed, late }) => ({ step, answered, failed, late })),
      },
    })
    told.push({ playbook, owner, known })
  }
  return told
}
