import type { Question, Verdict } from '@roster/core'
import { expect } from 'vitest'

import { cedarPolicy, type PolicyFile, type TeamShape } from '../src/index.ts'

/** A small accounts-payable desk, the subject of these tests. */
export const desk: TeamShape = {
  name: 'desk',
  colleagues: [
    { kind: 'agent', name: 'clerk', role: 'clerk' },
    { kind: 'agent', name: 'treasurer', role: 'treasurer' },
    { kind: 'person', name: 'controller', role: 'controller' },
    { kind: 'person', name: 'cfo', role: 'chief' },
  ],
  tools: ['pay', 'read-ledger', 'change-supplier-account'],
  playbooks: ['pay-invoice'],
  models: ['scripted'],
  kinds: ['read-invoice', 'pay', 'correction'],
  clients: [{ name: 'cli', role: 'operator' }],
}

export const treasurer = { kind: 'agent', name: 'treasurer', role: 'treasurer' } as const
export const clerk = { kind: 'agent', name: 'clerk', role: 'clerk' } as const
export const controller = { kind: 'person', name: 'controller', role: 'controller' } as const

const plain: Question['context'] = {
  integrity: 'trusted',
  approved: false,
  endorsed: false,
  consequential: false,
  kind: '',
}

/** That a principal uses a tool, in circumstances. */
export function uses(
  principal: Question['principal'],
  tool: string,
  context: Partial<Question['context']> = {},
): Question {
  return { principal, action: 'use', resource: { kind: 'tool', name: tool }, context: { ...plain, ...context } }
}

/** That a principal acts on something. */
export function acts(
  principal: Question['principal'],
  action: Question['action'],
  resource: Question['resource'],
  context: Partial<Question['context']> = {},
): Question {
  return { principal, action, resource, context: { ...plain, ...context } }
}

export function file(text: string, name = 'desk.cedar'): PolicyFile {
  return { file: name, text }
}

/** A sentence: given these policies, when this is asked, then the verdict is that. */
export function given(...policies: (string | PolicyFile)[]) {
  const policy = cedarPolicy({
    team: desk,
    policies: policies.map((one) => (typeof one === 'string' ? file(one) : one)),
  })
  return {
    policy,
    when: (question: Question) => ({
      then: (verdict: Partial<Verdict>): void =>
        expect(policy.decide(question)).toMatchObject({ policySet: policy.digest, ...verdict }),
    }),
  }
}
