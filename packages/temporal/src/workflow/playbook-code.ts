import { defaultTaskLimits, standardDuty, type Definition } from '@roster/core'

/** What a workflow needs of a playbook's definition: its digest was taken when the team was loaded, and is in the records. */
export type PlaybookCode = Pick<Definition, 'id' | 'machine'> &
  Partial<Omit<Definition, 'id' | 'machine' | 'kind' | 'digest'>>

/** Stands for a kind of task that the team does not have: what asks for it is refused, and its machine never begins. */
const unknown: PlaybookCode = { id: 'unknown', machine: standardDuty }

/**
 * The definition of a playbook by its id.
 *
 * @throws Error when this worker does not have that version: the workflow's task fails and is tried again, until a worker has it.
 */
export function definitionOf(playbooks: readonly PlaybookCode[], id: string | null): Definition {
  const code = id === null ? unknown : playbooks.find((playbook) => playbook.id === id)
  if (code === undefined)
    throw new Error(
      `no worker here has ${id ?? ''}; this one has ${playbooks.map((playbook) => playbook.id).join(', ')}`,
    )
  return { limits: defaultTaskLimits, ...code, kind: 'playbook', digest: '' }
}
