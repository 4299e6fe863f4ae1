import { describe, expect, it } from 'vitest'

import { CommandError } from '../../src/failure/command-error.ts'
import { exitCodeOf } from '../../src/failure/exit-code.ts'
import { exitCodeOfTask } from '../../src/failure/exit-code-of-task.ts'
import { failureOf } from '../../src/failure/failure-of.ts'
import { RosterError } from 'roster'

describe('exit codes', () => {
  it.each([
    ['usage', 2],
    ['unknown-task', 2],
    ['file-not-found', 2],
    ['denied', 3],
    ['input-invalid', 3],
    ['document-too-large', 3],
    ['chain-broken', 4],
    ['store-locked', 5],
    ['disk-full', 5],
    ['team-not-found', 5],
    ['policy-invalid', 5],
    ['interrupted', 130],
    ['internal', 1],
    ['timeout', 1],
    ['a code of the team', 1],
    ['constructor', 1],
  ])('of %s is %i', (code, exit) => expect(exitCodeOf(code)).toBe(exit))

  it.each([
    ['done', 0],
    ['waiting', 0],
    ['running', 0],
    ['refused', 3],
    ['failed', 1],
    ['cancelled', 1],
    ['stopped', 1],
  ] as const)('of a task that is %s is %i', (status, exit) => expect(exitCodeOfTask(status)).toBe(exit))
})

describe('an error as data', () => {
  it('keeps code, path and hint of a RosterError and of a CommandError', () => {
    const parts = { path: '/amount', hint: 'Give one.' }
    for (const error of [
      new RosterError('input-invalid', 'no amount', parts),
      new CommandError('input-invalid', 'no amount', parts),
    ]) {
      expect(failureOf(error)).toEqual({ code: 'input-invalid', message: 'no amount', ...parts })
    }
  })

  it('names a full disk, wherever it was found', () => {
    expect(failureOf(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toMatchObject({ code: 'disk-full' })
  })

  it('calls anything else a defect', () => {
    expect(failureOf(new TypeError('x is undefined'))).toMatchObject({ code: 'internal', message: 'x is undefined' })
    expect(failureOf('gone')).toMatchObject({ code: 'internal', message: 'gone' })
  })
})
