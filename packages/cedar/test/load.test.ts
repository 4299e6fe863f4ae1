import { isRosterError, type RosterError } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { cedarPolicy, schemaText, type PolicyFile } from '../src/index.ts'
import { desk, file } from './desk.ts'

function refusal(...policies: PolicyFile[]): RosterError {
  try {
    cedarPolicy({ team: desk, policies })
  } catch (error) {
    if (isRosterError(error, 'policy-invalid')) return error
    throw error
  }
  throw new Error('the policies were accepted')
}

describe('loading policies', () => {
  it('refuses text that is not Cedar, with file, line and column', () => {
    const error = refusal(file('// é\npermit(principal, action, resource)\n  when { "é" == context.kind && };'))
    expect(error.path).toBe('desk.cedar:3:33')
    expect(error.message).toMatch(/^desk\.cedar:3:33: unexpected token `}`, expected /)
  })

  it('refuses an attribute that does not exist and passes on what Cedar suggests', () => {
    const error = refusal(file('permit(principal, action, resource) when { principal.rle == "clerk" };'))
    expect(error.message).toBe('desk.cedar:1:44: attribute `rle` on entity type `Agent` not found')
    expect(error.hint).toBe('did you mean `role`?')
  })

  it('refuses an action and a type that do not exist', () => {
    const error = refusal(file('permit(principal is Robot, action == Action::"uses", resource);'))
    expect(error.message).toContain('unrecognized entity type `Robot`')
    expect(error.message).toContain('unrecognized action `Action::"uses"`')
  })

  it('refuses a name that the team does not have, wherever it stands, and lists those that it has', () => {
    const error = refusal(
      file(
        'permit(principal == Agent::"treasuer", action, resource);\nforbid(principal, action == Action::"use", resource) when { resource in [Tool::"payy"] };',
      ),
    )
    expect(error.message).toBe(
      'desk.cedar:1:21: the team has no agent "treasuer"\ndesk.cedar:2:74: the team has no tool "payy"',
    )
    expect(error.hint).toBe('Its agent names are clerk, treasurer.')
  })

  it('refuses the problems of all files at once', () => {
    const error = refusal(file('permit(', 'a.cedar'), file('permit(principal, action, resourc);', 'b.cedar'))
    expect(error.message).toMatch(/^a\.cedar:1:8: .*\nb\.cedar:1:27: /)
    expect(error.path).toBe('a.cedar:1:8')
  })

  it('refuses a set where Cedar takes one thing only', () => {
    expect(refusal(file('permit(principal, action, resource in [Tool::"pay"]);')).path).toBe('desk.cedar:1:39')
  })

  it('refuses a template', () => {
    expect(refusal(file('\npermit(principal == ?principal, action, resource);')).message).toBe(
      'desk.cedar:2:1: this policy is a template',
    )
  })

  it('refuses the same id twice, an empty id and a file given twice', () => {
    const one = '@id("one") permit(principal, action, resource);'
    expect(refusal(file(one, 'a.cedar'), file(`\n${one}`, 'b.cedar')).message).toBe(
      'b.cedar:2:1: the id one is taken by a policy in a.cedar',
    )
    expect(refusal(file('@id permit(principal, action, resource);')).message).toBe(
      'desk.cedar:1:1: the @id of this policy is empty',
    )
    expect(refusal(file(''), file('')).message).toBe('desk.cedar:1:1: this file is given twice')
  })

  it('takes an empty file, and one of comments', () => {
    expect(cedarPolicy({ team: desk, policies: [file(''), file('// nothing yet', 'b.cedar')] }).warnings).toEqual([])
  })

  it('refuses a cache without room', () => {
    expect(() => cedarPolicy({ team: desk, policies: [], cachedVerdicts: 0 })).toThrow(
      'cachedVerdicts must be an integer >= 1, got 0',
    )
  })

  it('knows its types in the words of Cedar', () => {
    expect(schemaText()).toContain('action "decide" appliesTo {\n  principal: [Person],\n  resource: [Approval, Task],')
  })
})

describe('warnings at load', () => {
  const warnings = (text: string): string[] =>
    cedarPolicy({ team: desk, policies: [file(text)] }).warnings.map(
      ({ place, message }) => `${place.line}:${place.column} ${message}`,
    )

  it('name a policy that can never apply', () => {
    expect(warnings('\npermit(principal is Agent, action == Action::"deploy", resource);')).toEqual([
      '2:1 policy is impossible: the policy expression evaluates to false for all valid requests',
    ])
  })

  it('name a model that this run does not have', () => {
    expect(warnings('permit(principal, action == Action::"think", resource == Model::"opus");')).toEqual([
      '1:58 the team has no model "opus"',
    ])
  })

  it('name a role and a kind of work that nothing in the team has', () => {
    expect(
      warnings(
        'permit(principal, action, resource) when { ["clerk", "clark"].contains(principal.role) || "pai" == context.kind };',
      ),
    ).toEqual([
      '1:1 policy desk.cedar#1 compares with the role "clark", which nothing in the team has',
      '1:1 policy desk.cedar#1 compares with the kind "pai", which nothing in the team has',
    ])
  })

  it('say nothing of words that the team has', () => {
    expect(
      warnings(
        'permit(principal, action, resource) when { principal.role != "operator" && context.kind == "correction" };',
      ),
    ).toEqual([])
  })
})
