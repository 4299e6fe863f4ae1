import { coordinatorPlaybooks } from '@roster/testing/playbooks'

import { playbookWorkflow } from '../../src/workflow.ts'

/** Continues as new again and again. */
export const task = playbookWorkflow(coordinatorPlaybooks, { maxHistoryEvents: 60 })
