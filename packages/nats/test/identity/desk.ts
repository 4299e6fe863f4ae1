import { skillLogic, type Colleague, type Definition, type Policy, type Team } from '@roster/core'
import { setup } from 'xstate'

import { clientGrant, colleagueGrant, partGrant, type Grant } from '../../src/identity/grant.ts'

/** A job that asks whoever has one of these roles; what it says to them is of no matter here. */
function asking(roles: readonly string[]): Definition {
  const actors = Object.fromEntries(roles.map((role) => [role, skillLogic({ kind: 'ask', to: { role }, work: 'any' })]))
  const states = Object.fromEntries(roles.map((role) => [role, { invoke: { src: role } }]))
  const machine = setup({ actors }).createMachine({ initial: 'idle', states: { idle: {}, ...states } } as never)
  return { id: 'asking', machine } as unknown as Definition
}

// oxlint-disable-next-line max-params -- who it is, and whom its job asks
function colleague(kind: Colleague['kind'], name: string, role: string, asks: readonly string[] = []): Colleague {
  return {
    kind,
    name,
    role,
    accepts: { [`ask-${name}`]: { definition: asking(asks) } },
    duty: { machine: { events: [] } },
  } as unknown as Colleague
}

/** Two agents that ask each other, one that may ask them and does not, one that works alone, and a person. */
export const desk: Team = {
  name: 'desk',
  colleagues: {
    reader: colleague('agent', 'reader', 'clerk', ['clerk']),
    writer: colleague('agent', 'writer', 'clerk', ['clerk', 'controller']),
    trainee: colleague('agent', 'trainee', 'trainee'),
    loner: colleague('agent', 'loner', 'hermit', ['clerk', 'controller', 'hermit']),
    controller: colleague('person', 'controller', 'controller'),
  },
} as unknown as Team

/** Clerks and trainees may ask clerks; the writer may ask the controller, when what it says is trusted. */
export const policy: Policy = {
  digest: 'test',
  decide({ principal, action, resource, context }) {
    const clerks = ['clerk', 'trainee'].includes(principal.role) && desk.colleagues[resource.name]?.role === 'clerk'
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
