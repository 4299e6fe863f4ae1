import type { Colleague, Policy, Team } from '@roster/core'

import { clientGrant, colleagueGrant, partGrant, type Grant } from '../../src/identity/grant.ts'

function colleague(kind: Colleague['kind'], name: string, role: string): Colleague {
  return {
    kind,
    name,
    role,
    accepts: { [`ask-${name}`]: {} },
    duty: { machine: { events: [] } },
  } as unknown as Colleague
}

/** Two agents that work together, one that works alone, and a person. */
export const desk: Team = {
  name: 'desk',
  colleagues: {
    reader: colleague('agent', 'reader', 'clerk'),
    writer: colleague('agent', 'writer', 'clerk'),
    loner: colleague('agent', 'loner', 'hermit'),
    controller: colleague('person', 'controller', 'controller'),
  },
} as unknown as Team

/** Clerks may ask clerks; the writer may ask the controller, when what it says is trusted. */
export const policy: Policy = {
  digest: 'test',
  decide({ principal, action, resource, context }) {
    const clerks = principal.role === 'clerk' && desk.colleagues[resource.name]?.role === 'clerk'
    const writer = principal.name === 'writer' && resource.name === 'controller' && context.integrity === 'trusted'
    return { allowed: action === 'send' && (clerks || writer), policies: [], policySet: 'test', reason: '' }
  },
}

/** Who there is on the bus of the desk. */
export const grants = {
  reader: colleagueGrant(desk, 'reader', policy),
  writer: colleagueGrant(desk, 'writer', policy),
  loner: colleagueGrant(desk, 'loner', policy),
  controller: colleagueGrant(desk, 'controller', policy),
  client: clientGrant('web shop', { team: 'desk', publish: ['pay-invoice'] }),
  auditor: clientGrant('auditor', { team: 'desk', publish: [], records: true }),
  host: partGrant('host', 'h1'),
  coordinator: partGrant('coordinator', 'c1'),
  administrator: partGrant('administrator', 'a1'),
} as const satisfies Record<string, Grant>

export type Who = keyof typeof grants
export const everybody = Object.keys(grants) as Who[]
