import { RosterError } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { mapError } from '../src/map-error.ts'

const withCode = (code: string, message = 'said the driver'): Error => Object.assign(new Error(message), { code })

describe('an error of the driver', () => {
  it.each([
    ['a connection that ended', withCode('08006'), 'store-unavailable', true],
    ['a server that shuts down', withCode('57P01'), 'store-unavailable', true],
    ['a deadlock', withCode('40P01'), 'store-unavailable', true],
    ['too many connections', withCode('53300'), 'store-unavailable', true],
    ['nobody listening', withCode('ECONNREFUSED'), 'store-unavailable', true],
    ['a connection lost without a code', new Error('Connection terminated unexpectedly'), 'store-unavailable', true],
    ['a wrong password', withCode('28P01'), 'store-unavailable', false],
    ['a role without the right', withCode('42501'), 'store-unavailable', false],
    ['a schema that is not there', withCode('3F000'), 'store-unavailable', false],
    ['a full disk on the server', withCode('53100'), 'disk-full', false],
    ['a full disk here', withCode('ENOSPC'), 'disk-full', false],
    ['a full disk in words', new Error('could not extend file: No space left on device'), 'disk-full', false],
    ['a NUL in a text', withCode('22021'), 'not-json', false],
    ['anything else', new TypeError('x is not a function'), 'internal', false],
    ['what is no error at all', 'a string', 'internal', false],
  ])('becomes a RosterError that says what to do: %s', (_, error, code, retryable) => {
    const mapped = mapError(error)
    expect(mapped).toMatchObject({ code, retryable, cause: error })
    expect(mapped.hint).toBeTypeOf('string')
  })

  it('stays as it is when it is a RosterError already', () => {
    const error = new RosterError('store-locked', 'mine')
    expect(mapError(error)).toBe(error)
  })
})
