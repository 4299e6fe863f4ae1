import type { QueueLimits } from '../port/task-queue.ts'
import type { Team } from './team.ts'

/** How many tasks are under way at once where nobody says otherwise: of a team, of a playbook, and of a requester. */
export const defaultAtOnce = 10_000

/** The priority of a task whose playbook says none. */
export const defaultPriority = 5

/** The least urgent and the most urgent. */
export const priorities = { least: 0, most: 9 } as const

/** The limits at a team's door. */
export function queueLimits({ atOnce, playbooks }: Pick<Team, 'atOnce' | 'playbooks'>): QueueLimits {
  const own = Object.values(playbooks).map((playbook) => [playbook.name, playbook.atOnce ?? defaultAtOnce] as const)
  return {
    team: atOnce?.team ?? defaultAtOnce,
    requester: atOnce?.requester ?? defaultAtOnce,
    playbooks: Object.fromEntries(own),
    otherwise: defaultAtOnce,
  }
}
