import type { PolicyAction } from '@roster/core'

import { principalTypes as by, resourceTypes as to } from './entity-type.ts'

const anyone = [by.agent, by.person, by.task, by.client, by.system]

/**
 * Who can do what to what at all. No policy widens it: only a person decides an approval, raises a limit or promotes, and no agent
 * deploys or stops, whatever a policy file says.
 */
export const actionScope = {
  publish: { principals: anyone, resources: [to.playbook] },
  send: { principals: anyone, resources: [to.colleague, to.task] },
  use: { principals: [by.agent, by.person, by.task, by.system], resources: [to.tool] },
  think: { principals: [by.agent, by.task, by.system], resources: [to.model] },
  decide: { principals: [by.person], resources: [to.approval, to.task] },
  cancel: { principals: anyone, resources: [to.task] },
  stop: { principals: [by.person, by.client, by.system], resources: [to.colleague, to.team] },
  promote: { principals: [by.person], resources: [to.colleague] },
  deploy: { principals: [by.person, by.client, by.system], resources: [to.team] },
} as const satisfies Record<PolicyAction, { principals: readonly string[]; resources: readonly string[] }>
