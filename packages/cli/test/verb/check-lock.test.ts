import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Check } from 'roster/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ran, ranJson } from '../fixture/world.ts'

const empty = {
  atOnce: { team: 0, requester: 0 },
  colleagues: [],
  playbooks: [],
  tools: [],
  analyses: [],
  problems: [],
}
const sound: Check = {
  ...empty,
  ok: true,
  team: 'desk',
  digest: 'abcdef',
  histories: { streams: 0, records: 0 },
  lock: 'team desk\n  at most 3 model calls\n',
}

describe('roster.lock', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-lock-'))
    await writeFile(join(folder, 'team.ts'), '')
  })
  afterEach(() => rm(folder, { recursive: true }))
  const scene = (check: Check) => ({ cwd: folder, env: {}, openers: { check: async () => check } })

  it('is written beside the team with --write, and the check agrees with it from then on', async () => {
    expect((await ran(['check', '--write'], scene(sound))).code).toBe(0)
    expect(await readFile(join(folder, 'roster.lock'), 'utf8')).toBe(sound.lock)
    expect((await ran(['check'], scene(sound))).code).toBe(0)
  })

  it('is stale when the team can do something else: the check ends with 4, shows the difference and names the flag', async () => {
    await ran(['check', '--write'], scene(sound))
    const more = { ...sound, lock: 'team desk\n  at most 9 model calls\n' }
    const { code, json } = await ranJson(['check'], scene(more))
    expect(code).toBe(4)
    expect(json).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'lock-stale',
          message: expect.stringContaining('- at most 3 model calls\n  + at most 9 model calls') as string,
          hint: expect.stringContaining('roster check --write') as string,
        },
      ],
    })
  })

  it('is not asked for where there is none', async () => {
    expect((await ran(['check'], scene(sound))).code).toBe(0)
  })
})
