import { coordinatorPlaybooks } from '@roster/testing/playbooks'

import { playbookWorkflow } from '../../src/workflow.ts'
import { second } from './second-version.ts'

/** The second version stands beside the first. */
export const task = playbookWorkflow([...coordinatorPlaybooks, second])
