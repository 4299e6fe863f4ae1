import { describe, expect, it } from 'vitest'

import { clerk, given, treasurer, uses } from './desk.ts'

const pays = `
@id("treasurer-pays") permit(principal, action == Action::"use", resource == Tool::"pay") when { principal.role == "treasurer" };
@id("consequential") forbid(principal, action, resource) when { context.consequential && context.integrity == "untrusted" } unless { context.approved || context.endorsed };
@id("never") forbid(principal, action, resource == Tool::"change-supplier-account");
`

describe('an explanation', () => {
  const { policy } = given(pays)
  const needed = (question: Parameters<typeof policy.explain>[0]): readonly string[] => policy.explain(question).needed

  it('needs nothing for what is allowed', () => {
    expect(policy.explain(uses(treasurer, 'pay'))).toEqual({
      verdict: policy.decide(uses(treasurer, 'pay')),
      needed: [],
    })
  })

  it('names the least change of circumstances that would do', () => {
    expect(needed(uses(treasurer, 'pay', { consequential: true, integrity: 'untrusted' }))).toEqual([
      'a valid approval of the exact arguments',
    ])
  })

  it('names who may, where circumstances do not help', () => {
    expect(needed(uses(clerk, 'pay'))).toEqual(['another principal: agent treasurer'])
  })

  it('names the prohibition that is in the way', () => {
    expect(needed(uses(clerk, 'change-supplier-account'))).toEqual(['policies never must not apply'])
  })

  it('names the policy that is missing', () => {
    expect(needed(uses(clerk, 'read-ledger'))).toEqual(['a policy that permits agent clerk to use tool read-ledger'])
  })

  it('names the policy that cannot be evaluated', () => {
    const broken = given(
      '@id("broken") permit(principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
    ).policy
    expect(broken.explain(uses(clerk, 'pay')).needed).toEqual([
      'policy broken must be corrected so that it can be evaluated',
    ])
  })

  it('asks for a question that fits the team', () => {
    expect(needed(uses(clerk, 'shell'))).toEqual(['a question that fits the team and the schema'])
  })
})
