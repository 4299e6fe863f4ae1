import { coordinatorPlaybooks } from '@roster/testing/playbooks'
import { sleep } from '@temporalio/workflow'

import { playbookWorkflow } from '../../src/workflow.ts'

const interpreted = playbookWorkflow(coordinatorPlaybooks)

/** An interpreter that does something else than the one with which tasks began. */
export const task: typeof interpreted = async (input) => {
  await sleep(1)
  return await interpreted(input)
}
