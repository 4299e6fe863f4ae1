import { playbookWorkflow } from '@roster/temporal/workflow'

import { four } from './machines.ts'

export { bare, everyone } from './baselines.ts'
export const task = playbookWorkflow([four])
