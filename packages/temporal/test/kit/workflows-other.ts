import { coordinatorPlaybooks } from '@roster/testing/playbooks'

import { playbookWorkflow } from '../../src/workflow.ts'

const line = coordinatorPlaybooks.find(({ id }) => id === 'line@1.0.0')

/** Every playbook was changed under its version: each goes through the line. */
export const task = playbookWorkflow(coordinatorPlaybooks.map((code) => ({ ...code, ...line, id: code.id })))
