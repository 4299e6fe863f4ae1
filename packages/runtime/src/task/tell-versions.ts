import { own, type Team } from '@roster/core'

import type { IntakePorts } from '../intake/intake.ts'
import { notify } from '../intake/notify.ts'
import type { LostTask } from './task-reconciler.ts'

/** How often an owner is told of the same version, in milliseconds. */
const everyMs = 86_400_000

/** Puts a notice into the owner's inbox for each version on which tasks wait that nobody can take forward: one for each version and day (of UTC). */
export async function tellOfVersions(ports: IntakePorts, waiting: readonly LostTask[]): Promise<void> {
  const day = Math.floor(ports.clock.now() / everyMs)
  for (const [playbook, tasks = []] of Object.entries(Object.groupBy(waiting, (task) => task.playbook))) {
    const person = ownerOf(ports.team, tasks[0]?.kind ?? '')
    if (person === undefined) continue
    await notify(ports, {
      person,
      key: `version/${playbook}/${day}`,
      question: `${tasks.length} tasks began on ${playbook} and wait: nothing that runs has that version.`,
      facts: {
        playbook,
        tasks: tasks.map(({ stream }) => stream).slice(0, mostNamed),
        hint: 'Load it beside the present one, as `former` of the team and in its workflows, or cancel them.',
      },
    })
  }
}

/** Tasks that a notice names. */
const mostNamed = 20

/** Who owns a playbook; of one that the team does not have any more, whoever owns another. */
function ownerOf(team: Team, name: string): string | undefined {
  return (own(team.playbooks, name) ?? Object.values(team.playbooks)[0])?.owner
}
