import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { failureOf } from '../../src/failure/failure-of.ts'
import { findTeam } from '../../src/team/find-team.ts'
import { loadTeam } from '../../src/team/load-team.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-find-'))
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'src/team.ts'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function refusal(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return failureOf(error)
  }
  throw new Error('it was accepted')
}

describe('the team of a command', () => {
  it('is named by --team, else by ROSTER_TEAM, else it is the first in its usual places', async () => {
    await writeFile(join(folder, 'other.ts'), '')
    const env = { ROSTER_TEAM: 'other.ts' }
    expect(findTeam({ cwd: folder, env, named: 'src/team.ts' })).toBe(join(folder, 'src/team.ts'))
    expect(findTeam({ cwd: folder, env, named: undefined })).toBe(join(folder, 'other.ts'))
    expect(findTeam({ cwd: folder, env: {}, named: undefined })).toBe(join(folder, 'src/team.ts'))
    await writeFile(join(folder, 'team.ts'), '')
    expect(findTeam({ cwd: folder, env: {}, named: undefined })).toBe(join(folder, 'team.ts'))
  })

  it('that is not there is an error that says what to do', () => {
    expect(refusal(() => findTeam({ cwd: folder, env: {}, named: 'nope.ts' }))).toMatchObject({
      code: 'usage',
      path: '--team',
    })
    expect(refusal(() => findTeam({ cwd: '/', env: {}, named: undefined }))).toMatchObject({
      code: 'team-not-found',
      hint: expect.stringContaining('roster init') as string,
    })
  })

  it.each([
    ['syntax.mjs', 'export default {', /cannot be loaded/],
    ['throws.mjs', 'throw new Error("no key")', /cannot be loaded: no key/],
    ['none.mjs', 'export const team = 1', /has no team as its default export/],
    [
      'people.mjs',
      'export default { playbooks: {}, colleagues: {} }; export const people = "all"',
      /"people" .* is no function/,
    ],
  ])('whose file is %s is refused by name', async (name, text, message) => {
    const file = join(folder, name)
    await writeFile(file, text)
    const failure = await loadTeam(file, folder).then(() => undefined, failureOf)
    expect(failure).toMatchObject({ code: 'team-invalid', path: file, hint: expect.any(String) as string })
    expect(failure?.message).toMatch(message)
  })

  it("may bring a script that plays its people; what the team itself says is wrong stays the team's error", async () => {
    await writeFile(
      join(folder, 'good.mjs'),
      'export default { playbooks: {}, colleagues: {} }; export const people = () => "approved"',
    )
    expect((await loadTeam(join(folder, 'good.mjs'), folder)).people).toBeTypeOf('function')
    await writeFile(
      join(folder, 'wrong.mjs'),
      'throw Object.assign(new Error("no owner"), { code: "definition-invalid", [Symbol.for("roster.error")]: true })',
    )
    expect(await loadTeam(join(folder, 'wrong.mjs'), folder).then(() => undefined, failureOf)).toMatchObject({
      code: 'definition-invalid',
    })
  })

  it('finds in ROSTER_FOLDER the folder of this command, whatever was there before', async () => {
    const before = process.env['ROSTER_FOLDER']
    await writeFile(
      join(folder, 'books.mjs'),
      'export default { playbooks: {}, colleagues: {}, books: process.env.ROSTER_FOLDER }',
    )
    try {
      process.env['ROSTER_FOLDER'] = '/elsewhere'
      expect((await loadTeam(join(folder, 'books.mjs'), '/desk/state')).team).toMatchObject({ books: '/desk/state' })
    } finally {
      if (before === undefined) delete process.env['ROSTER_FOLDER']
      else process.env['ROSTER_FOLDER'] = before
    }
  })
})
