import { describe, expect, it } from 'vitest'

import { cedarPolicy } from '../src/index.ts'
import { acts, clerk, controller, desk, file, given, treasurer, uses } from './desk.ts'

const mayPay =
  '@id("treasurer-pays") permit(principal is Agent, action == Action::"use", resource == Tool::"pay") when { principal.role == "treasurer" };'

describe('a decision', () => {
  it('allows what a policy permits and names the policy', () => {
    given(mayPay)
      .when(uses(treasurer, 'pay'))
      .then({
        allowed: true,
        policies: ['treasurer-pays'],
        reason: 'policy treasurer-pays allows agent treasurer to use tool pay',
      })
  })

  it('denies what no policy permits, and says so in words', () => {
    given(mayPay).when(uses(treasurer, 'change-supplier-account')).then({
      allowed: false,
      policies: [],
      reason: 'no policy allows agent treasurer to use tool change-supplier-account',
    })
  })

  it('denies everything when there are no policies', () => {
    given()
      .when(uses(treasurer, 'pay'))
      .then({ allowed: false, policies: [], reason: 'no policy allows agent treasurer to use tool pay' })
  })

  it('lets a prohibition win over a permission', () => {
    given(mayPay, file('forbid(principal, action, resource) when { context.integrity == "untrusted" };', 'trust.cedar'))
      .when(uses(treasurer, 'pay', { integrity: 'untrusted' }))
      .then({
        allowed: false,
        policies: ['trust.cedar#1'],
        reason: 'policy trust.cedar#1 forbids agent treasurer to use tool pay',
      })
  })

  it('names a policy without an @id by its file and its place among the policies there', () => {
    const twelve = Array.from(
      { length: 12 },
      (_, index) =>
        `permit(principal, action == Action::"send", resource) when { context.kind == "pay" && resource.name == "${index + 1}" };`,
    )
    twelve[1] = 'permit(principal, action == Action::"use", resource);'
    given(twelve.join('\n'))
      .when(uses(clerk, 'pay'))
      .then({ allowed: true, policies: ['desk.cedar#2'] })
  })

  it('reads the role of a recipient', () => {
    const policy = given(
      'permit(principal, action == Action::"send", resource) when { resource.role == "treasurer" && context.kind == "pay" };',
    )
    policy.when(acts(clerk, 'send', { kind: 'colleague', name: 'treasurer' }, { kind: 'pay' })).then({ allowed: true })
    policy
      .when(acts(clerk, 'send', { kind: 'colleague', name: 'cfo' }, { kind: 'pay' }))
      .then({ allowed: false, reason: 'no policy allows agent clerk to send pay to colleague cfo' })
  })

  it('lets a task cancel itself', () => {
    given('permit(principal, action == Action::"cancel", resource) when { principal == resource };')
      .when(acts({ kind: 'task', name: 't1', role: 'pay-invoice' }, 'cancel', { kind: 'task', name: 't1' }))
      .then({ allowed: true })
  })

  it('lets nobody but a person decide an approval, whatever a policy permits', () => {
    const policy = given('permit(principal, action, resource);')
    policy.when(acts(controller, 'decide', { kind: 'approval', name: 'pay' })).then({ allowed: true })
    policy.when(acts(clerk, 'decide', { kind: 'approval', name: 'pay' })).then({
      allowed: false,
      policies: [],
      reason: expect.stringContaining('agent clerk may not decide approval pay: the question does not fit'),
    })
  })
})

describe('an error while deciding', () => {
  const overflow = '9223372036854775807 + 1 > 0'

  it('is a deny when a prohibition errs, though Cedar would skip it and allow', () => {
    given(mayPay, file(`@id("no-untrusted") forbid(principal, action, resource) when { ${overflow} };`, 'trust.cedar'))
      .when(uses(treasurer, 'pay'))
      .then({
        allowed: false,
        policies: ['no-untrusted'],
        reason: expect.stringMatching(
          /^agent treasurer may not use tool pay: policy no-untrusted cannot be evaluated \(integer overflow/,
        ),
      })
  })

  it('is a deny when a permission errs beside one that applies', () => {
    given(mayPay, file(`@id("broken") permit(principal, action, resource) when { ${overflow} };`, 'more.cedar'))
      .when(uses(treasurer, 'pay'))
      .then({ allowed: false, policies: ['broken'] })
  })

  it('is a deny when the name cannot be carried to Cedar', () => {
    given('permit(principal, action, resource);')
      .when(acts(clerk, 'cancel', { kind: 'task', name: '\ud800' }))
      .then({ allowed: false, policies: [], reason: expect.stringContaining('the question does not fit the schema') })
  })

  it('is a deny when the question lacks a circumstance', () => {
    const { context: _, ...rest } = uses(clerk, 'pay')
    given('permit(principal, action, resource);')
      .when({ ...rest, context: {} as never })
      .then({ allowed: false, reason: expect.stringContaining('attribute `approved`') })
  })
})

describe('somebody or something outside the team', () => {
  const anything = 'permit(principal, action, resource);'

  it('is denied as a principal', () => {
    given(anything)
      .when(uses({ kind: 'agent', name: 'ghost', role: 'treasurer' }, 'pay'))
      .then({
        allowed: false,
        policies: [],
        reason: 'agent ghost may not use tool pay: there is no agent ghost in the team',
      })
  })

  it('is denied as a thing', () => {
    given(anything)
      .when(uses(treasurer, 'shell'))
      .then({ allowed: false, reason: 'agent treasurer may not use tool shell: there is no tool shell in the team' })
  })

  it('is denied under a role that the team does not give', () => {
    given(anything)
      .when(uses({ ...clerk, role: 'treasurer' }, 'pay'))
      .then({
        allowed: false,
        reason: 'agent clerk may not use tool pay: agent clerk has the role clerk, not treasurer',
      })
  })

  it('may be any client where the team does not list its clients', () => {
    const { clients: _, ...open } = desk
    const policy = cedarPolicy({ team: open, policies: [file(anything)] })
    const publish = acts({ kind: 'client', name: 'laptop', role: 'operator' }, 'publish', {
      kind: 'playbook',
      name: 'pay-invoice',
    })
    expect(policy.decide(publish).allowed).toBe(true)
    given(anything)
      .when(publish)
      .then({ allowed: false, reason: expect.stringContaining('there is no client laptop in the team') })
  })
})
