import { describe, expect, it } from 'vitest'

import { cedarPolicy } from '../src/index.ts'
import { Lru } from '../src/lru.ts'
import { questionText } from '../src/question-text.ts'
import { clerk, desk, file, treasurer, uses } from './desk.ts'

const policies = [file('permit(principal, action == Action::"use", resource) when { context.approved };')]

describe('the cache of verdicts', () => {
  it('gives the same answer as the first time', () => {
    const policy = cedarPolicy({ team: desk, policies })
    const question = uses(treasurer, 'pay', { approved: true })
    const first = policy.decide(question)
    expect(policy.decide({ ...question, context: { ...question.context } })).toBe(first)
  })

  it('gives the answer of a fresh policy to every question, also when it is full', () => {
    const small = cedarPolicy({ team: desk, policies, cachedVerdicts: 2 })
    for (let round = 0; round < 3; round++) {
      for (const who of [clerk, treasurer]) {
        for (const approved of [true, false]) {
          const question = uses(who, 'pay', { approved })
          expect(small.decide(question)).toEqual(cedarPolicy({ team: desk, policies }).decide(question))
        }
      }
    }
  })

  it('cannot be spoiled by whoever received a verdict', () => {
    const policy = cedarPolicy({ team: desk, policies })
    const verdict = policy.decide(uses(clerk, 'pay'))
    expect(() => Object.assign(verdict, { allowed: true })).toThrow(TypeError)
    expect(policy.decide(uses(clerk, 'pay')).allowed).toBe(false)
  })

  it('tells questions apart by every part that Cedar sees', () => {
    const question = uses(clerk, 'pay')
    const others = [
      uses(treasurer, 'pay'),
      uses(clerk, 'read-ledger'),
      uses(clerk, 'pay', { approved: true }),
      uses(clerk, 'pay', { endorsed: true }),
      uses(clerk, 'pay', { consequential: true }),
      uses(clerk, 'pay', { integrity: 'untrusted' }),
      uses(clerk, 'pay', { kind: 'pay' }),
    ]
    expect(new Set([question, ...others].map(questionText)).size).toBe(8)
  })

  it('forgets what was not asked for the longest', () => {
    const cache = new Lru<number>(2)
    cache.set('one', 1)
    cache.set('two', 2)
    cache.get('one')
    cache.set('three', 3)
    expect([cache.get('one'), cache.get('two'), cache.get('three'), cache.size]).toEqual([1, undefined, 3, 2])
  })
})

describe('the digest of a policy set', () => {
  const digest = (...files: typeof policies): string => cedarPolicy({ team: desk, policies: files }).digest
  const one = file('permit(principal, action == Action::"use", resource);', 'one.cedar')
  const two = file('', 'two.cedar')

  it('is the same in whatever order the files were read', () => {
    expect(digest(one, two)).toBe(digest(two, one))
    expect(digest(one, two)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is another one for another text, another name and another file', () => {
    const digests = [
      digest(one),
      digest({ ...one, text: `${one.text}\n` }),
      digest({ ...one, file: 'uno.cedar' }),
      digest(one, two),
      digest(),
    ]
    expect(new Set(digests).size).toBe(5)
  })
})
