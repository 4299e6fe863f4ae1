import { describe, expect, it } from 'vitest'

import { RosterError } from 'roster'

import { ran, ranJson } from './fixture/world.ts'

const verbs = [
  ['init'],
  ['check'],
  ['dev'],
  ['task', 'publish'],
  ['task', 'list'],
  ['task', 'show'],
  ['task', 'watch'],
  ['task', 'cancel'],
  ['inbox'],
  ['approve'],
  ['decline'],
  ['who'],
  ['log'],
  ['why'],
  ['replay'],
  ['verify'],
  ['export'],
]

describe('help', () => {
  it.each(verbs)('of %s %s has an example and --json, and ends with 0', async (...verb) => {
    const { code, out } = await ran([...verb.filter((word) => word !== undefined), '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/Examples?:\n {2}\$ roster /)
    expect(out).toContain('--json')
  })

  it('of the whole names every verb and every exit code', async () => {
    const { code, out } = await ran(['--help'])
    expect(code).toBe(0)
    for (const [verb = ''] of verbs) expect(out).toContain(`  ${verb} `)
    expect(out).toMatch(
      /0 {2}done.*\n.*1 {2}failed.*\n.*2 {2}the command.*\n.*3 {2}refused.*\n.*4 {2}not verified.*\n.*5 {2}the folder/,
    )
  })
})

describe('a wrong command line', () => {
  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['replai', 'T1'], /Did you mean replay/],
    [['task'], /Usage: roster task/],
    [['task', 'show'], /missing required argument 'task'/],
    [['task', 'show', 'T1', 'T2'], /too many arguments/],
    [['who', '--loud'], /unknown option '--loud'/],
    [['replay', 'T1', '--to', 'seven'], /Give a whole number from 1 on/],
    [['replay', 'T1', '--to', '0'], /Give a whole number from 1 on/],
    [['task', 'publish', 'brief', '--timeout', 'soon'], /Give a length of time/],
    [['task', 'list', '--status', 'happy'], /Allowed choices are queued, running, waiting/],
    [['why'], /give a record, or a business key/],
    [['why', 'R1', '--about', 'invoice/1'], /and not both/],
  ])('%j ends with 2 and says what is wrong', async (args, message) => {
    const { code, out, err } = await ran(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })

  it('is one JSON object on standard output with --json', async () => {
    const { code, json } = await ranJson(['who', '--loud'])
    expect(code).toBe(2)
    expect(json).toEqual({
      error: { code: 'usage', message: "unknown option '--loud'", path: null, hint: 'See the options with --help.' },
    })
  })
})

describe('an error', () => {
  const operations = {
    who: () =>
      Promise.reject(
        new RosterError('store-locked', 'another process holds this folder', {
          path: '/x/.roster',
          hint: 'Stop it first.',
        }),
      ),
  }

  it('is a message, a path and a hint on the error stream', async () => {
    const { code, out, err } = await ran(['who'], { operations })
    expect([code, out]).toEqual([5, ''])
    expect(err).toBe('roster: another process holds this folder (store-locked)\n  at /x/.roster\n  Stop it first.\n')
  })

  it('is one JSON object on standard output with --json', async () => {
    const { code, json } = await ranJson(['who'], { operations })
    expect(code).toBe(5)
    expect(json).toEqual({
      error: {
        code: 'store-locked',
        message: 'another process holds this folder',
        path: '/x/.roster',
        hint: 'Stop it first.',
      },
    })
  })

  it('shows no trace of where it comes from, unless ROSTER_DEBUG is set', async () => {
    const broken = { who: () => Promise.reject(new TypeError('x is undefined')) }
    expect((await ran(['who'], { operations: broken })).err).not.toContain('run.test.ts')
    expect((await ran(['who'], { operations: broken, env: { ROSTER_DEBUG: '1' } })).err).toContain('run.test.ts')
  })
})
