import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Exported, TaskSummary, Verification } from 'roster/client'
import { describe, expect, it } from 'vitest'

import type { Published } from '../../src/publish/published.ts'
import { newTeam } from './new-team.ts'
import { roster, rosterJson } from './roster-process.ts'

const publish = (topic: unknown, playbook = 'brief') => [
  'task',
  'publish',
  playbook,
  '--input',
  JSON.stringify({ topic }),
  '--key',
  String(topic),
  '--wait',
]

// Each command opens the store and closes it again, on a machine that others use too.
describe('a new team, without a running one', { timeout: 180_000 }, () => {
  it('works for as long as a command takes, and goes on with the next command', async () => {
    await using team = await newTeam()
    const here = team.path

    const published = await rosterJson<Published>(here, ...publish('tides'))
    expect(published).toMatchObject({
      code: 0,
      json: { status: 'waiting', error: null, waitingOn: [{ person: 'editor' }] },
    })
    const task = String(published.json.task)
    expect(await rosterJson(here, 'approve', task, '--yes', '--reason', 'well done')).toMatchObject({
      code: 0,
      json: { decision: 'approved', status: 'done' },
    })
    expect(await rosterJson<Published>(here, ...publish('tides'))).toMatchObject({
      code: 0,
      json: { task, status: 'done' },
    })

    const { json } = await rosterJson<Exported>(here, 'export')
    const [first, ...rest] = json.records
    const changed = {
      ...json,
      records: [{ ...first, body: first?.body?.replace('newsroom', 'newsr00m') ?? '' }, ...rest],
    }
    await writeFile(join(here, 'changed.json'), JSON.stringify(changed))
    expect(await rosterJson<Verification>(here, 'verify', '--export', 'changed.json')).toMatchObject({
      code: 4,
      json: { verified: false, problems: [{ code: 'body-broken', position: 1 }] },
    })
  })

  it('gives the folder to one of two commands at once, and the other goes through it or follows it', async () => {
    await using team = await newTeam()
    expect((await roster(team.path, 'who')).code).toBe(0)
    const all = await Promise.all([
      rosterJson<Published>(team.path, ...publish('one')),
      rosterJson<Published>(team.path, ...publish('other', 'launder')),
      rosterJson<Published>(team.path, ...publish(7)),
    ])
    expect(all).toMatchObject([
      { code: 0, json: { status: 'waiting' } },
      { code: 3, json: { status: 'refused', error: { hint: expect.any(String) as string } } },
      { code: 3, json: { status: 'refused', error: { code: 'input-invalid', path: '/topic' } } },
    ])
    expect((await rosterJson<TaskSummary[]>(team.path, 'task', 'list')).json).toHaveLength(3)
    expect((await roster(team.path, 'verify')).code).toBe(0)
  })
})
