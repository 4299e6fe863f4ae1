/**
 * What the entry of a workflow bundle imports. It runs in Temporal's sandbox: nothing here may import Node's own modules.
 *
 * @example
 * // workflows.ts: the export's name is the workflow's type
 * export const task = playbookWorkflow([payInvoice, earlierPayInvoice])
 */
import { Interpreter } from './workflow/interpreter.ts'
import { definitionOf, type PlaybookCode } from './workflow/playbook-code.ts'
import type { TaskEnd, TaskInput } from './workflow/protocol.ts'

export type { PlaybookCode } from './workflow/playbook-code.ts'

/** How tasks are interpreted. */
export interface InterpreterOptions {
  /** Events of a run's history after which it continues as a new one. @defaultValue 4000; the server ends a workflow at 50,000 */
  readonly maxHistoryEvents?: number
}

/** The workflow of all tasks of these playbooks; versions of one stand side by side. */
export function playbookWorkflow(
  playbooks: readonly PlaybookCode[],
  { maxHistoryEvents = 4000 }: InterpreterOptions = {},
): (input: TaskInput) => Promise<TaskEnd> {
  return async (input) => await new Interpreter(definitionOf(playbooks, input.playbook), input, maxHistoryEvents).run()
}
