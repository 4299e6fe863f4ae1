import { describe, expect, it } from 'vitest'
import { fixedId, seededIds } from '../../src/index.ts'

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

describe('seeded ids', () => {
  it('are the same for the same seed, in the same order', () => {
    const [one, other] = [seededIds(7), seededIds(7)]
    expect([one.id(), one.salt(), one.id(), one.salt()]).toEqual([other.id(), other.salt(), other.id(), other.salt()])
  })

  it('do not depend on how many salts were taken', () => {
    const [one, other] = [seededIds(7), seededIds(7)]
    one.salt()
    expect(one.id()).toBe(other.id())
  })

  it('differ from one another and from those of another seed', () => {
    const [one, other] = [seededIds(1), seededIds('2')]
    expect(new Set(Array.from({ length: 100 }, () => [one.id(), other.id()]).flat()).size).toBe(200)
  })

  it('look like ULIDs, and salts like 32 hexadecimal digits', () => {
    expect(seededIds(1).id()).toMatch(ulid)
    expect(fixedId('task')).toMatch(ulid)
    expect(seededIds(1).salt()).toMatch(/^[0-9a-f]{32}$/)
  })
})
