import { coordinatorPlaybooks, type ContractPlaybook } from '@roster/testing/playbooks'

const line = coordinatorPlaybooks.find(({ id }) => id === 'line@1.0.0')

/** A second version of `approved`, which asks nobody for approval any more. */
export const second: ContractPlaybook = { ...(line as ContractPlaybook), id: 'approved@2.0.0' }
