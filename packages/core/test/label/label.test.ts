import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { joinLabels, mayRead, trusted, type Label } from '../../src/index.ts'

const names = ['agent/ada', 'person/eve', 'role/clerk', 'tool/pay']
const labels: fc.Arbitrary<Label> = fc
  .record({
    integrity: fc.constantFrom('trusted' as const, 'untrusted' as const),
    sources: fc.uniqueArray(fc.constantFrom('client/web', 'tool/search', 'person/eve')).map((all) => all.toSorted()),
    readers: fc.option(
      fc.uniqueArray(fc.constantFrom(...names)).map((all) => all.toSorted()),
      { nil: undefined },
    ),
  })
  .map(({ readers, ...label }) => (readers === undefined ? label : { ...label, readers }))

describe('a joined label', () => {
  it('is untrusted if either is, has the sources of both, and only the readers of both', () => {
    fc.assert(
      fc.property(labels, labels, (one, other) => {
        const joined = joinLabels(one, other)
        expect(joined.integrity === 'untrusted').toBe([one, other].some(({ integrity }) => integrity === 'untrusted'))
        expect(new Set(joined.sources)).toEqual(new Set([...one.sources, ...other.sources]))
        for (const reader of names) {
          const [kind = '', name = ''] = reader.split('/')
          if (kind === 'role') continue
          const who = { kind: kind as 'agent', name }
          expect(mayRead(joined, who)).toBe(mayRead(one, who) && mayRead(other, who))
        }
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('does not depend on the order in which things were read', () => {
    fc.assert(
      fc.property(labels, labels, labels, (one, two, three) => {
        expect(joinLabels(one, two)).toEqual(joinLabels(two, one))
        expect(joinLabels(joinLabels(one, two), three)).toEqual(joinLabels(one, joinLabels(two, three)))
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})

describe('a reader', () => {
  it('is anybody where a label names none, and nobody where it names an empty list', () => {
    const ada = { kind: 'agent' as const, name: 'ada', role: 'clerk' }
    expect(mayRead(trusted, ada)).toBe(true)
    expect(mayRead({ readers: [] }, ada)).toBe(false)
  })

  it('is named by name or by role', () => {
    const ada = { kind: 'agent' as const, name: 'ada', role: 'clerk' }
    expect(mayRead({ readers: ['agent/ada'] }, ada)).toBe(true)
    expect(mayRead({ readers: ['role/clerk'] }, ada)).toBe(true)
    expect(mayRead({ readers: ['person/ada', 'agent/adam', 'role/chief'] }, ada)).toBe(false)
    expect(mayRead({ readers: ['role/undefined'] }, { kind: 'tool', name: 'pay' })).toBe(false)
  })
})
