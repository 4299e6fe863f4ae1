import type { Principal, Question } from '@roster/core'

type ResourceKind = Question['resource']['kind']

/** Cedar's name of each kind of principal. */
export const principalTypes = {
  agent: 'Agent',
  person: 'Person',
  task: 'Task',
  client: 'Client',
  system: 'System',
} as const satisfies Record<Principal['kind'], string>

/** Cedar's name of each kind of resource. */
export const resourceTypes = {
  tool: 'Tool',
  playbook: 'Playbook',
  colleague: 'Colleague',
  model: 'Model',
  approval: 'Approval',
  team: 'Team',
  task: 'Task',
} as const satisfies Record<ResourceKind, string>

export type EntityType = (typeof principalTypes)[Principal['kind']] | (typeof resourceTypes)[ResourceKind]
