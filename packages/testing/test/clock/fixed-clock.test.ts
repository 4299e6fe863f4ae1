import { describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/index.ts'

describe('fixed clock', () => {
  it('stands at the beginning of 2026 unless told otherwise', () => {
    expect([new Date(fixedClock().now()).toISOString(), fixedClock(5).now()]).toEqual(['2026-01-01T00:00:00.000Z', 5])
  })

  it('goes on only when it is told to', () => {
    const clock = fixedClock(5)
    expect([clock.now(), clock.now()]).toEqual([5, 5])
    clock.advance(30)
    expect(clock.now()).toBe(35)
  })
})
