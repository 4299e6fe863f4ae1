import { coordinatorPlaybooks } from '@roster/testing/playbooks'

import { playbookWorkflow } from '../../src/workflow.ts'

export const task = playbookWorkflow(coordinatorPlaybooks)
