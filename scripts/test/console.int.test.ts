import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Ids, missingLine, stepsOf } from '../docs/console.ts'
import { inRoot } from '../docs/in-root.ts'

const run = promisify(execFile)
const example = inRoot('docs', 'examples', 'newsroom')
const pages = globSync('docs/{tutorial,how-to}/*.md', { cwd: inRoot() })
  .toSorted()
  .filter((page) => stepsOf(page).length > 0)

/** What a page says, without npm and npx around it: they would look for the workspace, and this is a copy outside. */
const programs: readonly (readonly [string, string])[] = [
  ['npx roster ', `"${process.execPath}" "${inRoot('packages', 'cli', 'src', 'main.ts')}" `],
  ['npm start --silent -- ', `"${process.execPath}" src/main.ts `],
]

function runnable(command: string): string {
  return programs.reduce((text, [said, meant]) => text.replaceAll(said, meant), command)
}

async function outputOf(command: string, cwd: string): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: cwd, ROSTER_MODEL: 'scripted', TZ: 'UTC' }
  const ended = run('sh', ['-c', runnable(command)], { cwd, env })
  // A page may show a command that is refused: what it prints decides.
  const { stdout, stderr } = await ended.catch((error: { stdout: string; stderr: string }) => error)
  return stdout + stderr
}

describe.each(pages)('the commands of %s', (page) => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-page-'))
    for (const part of ['package.json', 'src', 'test'])
      await cp(join(example, part), join(folder, part), { recursive: true })
    await symlink(join(example, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('print what it says', { timeout: 300_000 }, async () => {
    const ids = new Ids()
    for (const { command, printed } of stepsOf(page)) {
      const output = await outputOf(ids.resolved(command), folder)
      const missing = missingLine(printed, output.trimEnd() === '' ? [] : output.trimEnd().split('\n'), ids)
      expect(missing, `$ ${command}\n${output}`).toBe(undefined)
    }
  })
})
