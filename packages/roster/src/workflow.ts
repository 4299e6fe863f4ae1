/**
 * What a file imports that is bundled for Temporal's sandbox: `export const task = taskWorkflow([payInvoice])`. In the bundle it stands in
 * for `roster` itself, too, so that a playbook's file needs no change: what authors use is here, what hosts need is not.
 */
import { playbookWorkflow, type InterpreterOptions } from '@roster/temporal/workflow'

import { playbookCode } from './author/playbook-code.ts'
import type { PlaybookOf } from './author/playbook.ts'

export { colleague } from './author/colleague.ts'
export { person } from './author/person.ts'
export { playbook } from './author/playbook.ts'
export { tool } from './author/tool.ts'
export { approve, ask, askRole, notify, tell, use, wait } from './author/skills.ts'
export { approval, asking, entering, never, passing } from './author/property.ts'
export { duty, isRosterError, RosterError } from '@roster/core'

/**
 * The workflow of a team's tasks, as the export `task` of the file that is bundled. Versions of a playbook stand side by side: a task stays
 * on the one with which it began.
 */
export function taskWorkflow(
  playbooks: readonly PlaybookOf[],
  options?: InterpreterOptions,
): ReturnType<typeof playbookWorkflow> {
  return playbookWorkflow(playbooks.map(playbookCode), options)
}

/** Where the code of a tool runs says nothing to a playbook. */
export const inProcess = (): object => ({})

/** Where the code of a tool runs says nothing to a playbook. */
export const inSandbox = (): object => ({})
