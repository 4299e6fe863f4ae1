import { describe, expect, it } from 'vitest'

import { isAtLeast, versionIn } from '../../src/program/version.ts'

describe('a version', () => {
  it('is read from what a program answers', () => {
    expect(versionIn('nats-server: v2.15.1')).toBe('2.15.1')
    expect(versionIn('temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)')).toBe('1.9.1')
    expect(versionIn('unknown option')).toBeUndefined()
  })

  it('is compared by its numbers', () => {
    expect(isAtLeast('2.11.0', '2.11.0')).toBe(true)
    expect(isAtLeast('2.9.25', '2.11.0')).toBe(false)
    expect(isAtLeast('3.0', '2.11.0')).toBe(true)
    expect(isAtLeast('2.11', '2.11.0')).toBe(true)
  })
})
