import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { prepareFolder, samples } from '../docs/samples.ts'

const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-samples-'))
  await prepareFolder(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a program on a page', () => {
  it.each(samples())('prints what $place says', async ({ code, prints }) => {
    await writeFile(join(folder, 'sample.ts'), code)
    const { stdout } = await run(process.execPath, ['sample.ts'], { cwd: folder, env: { ROSTER_MODEL: 'scripted' } })
    expect(stdout.trimEnd().split('\n')).toEqual(prints)
  })
})
