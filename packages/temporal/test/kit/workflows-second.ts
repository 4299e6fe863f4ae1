import { playbookWorkflow } from '../../src/workflow.ts'
import { second } from './second-version.ts'

/** Only the second version is here. */
export const task = playbookWorkflow([second])
