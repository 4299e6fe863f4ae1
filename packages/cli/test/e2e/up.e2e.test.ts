import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { isRunning, type UpMember } from '../../src/verb/up-state.ts'
import { rosterJson, running } from './roster-process.ts'

const desk = join(import.meta.dirname, '../../../../docs/examples/accounts-payable')
const document = (name: string): string => join(desk, 'documents', name)

async function newFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'roster-up-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

interface Task {
  readonly status: string
  readonly outcome: { readonly outcome: string } | null
}

interface Up {
  readonly members: readonly UpMember[]
}

describeWithServer('postgres', 'roster up', () => {
  it('puts the desk to work in the background, until roster down', { timeout: 300_000 }, async () => {
    await using folder = await newFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const env = {
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      ROSTER_FOLDER: folder.path,
      ROSTER_TEAM: join(desk, 'src/team.ts'),
    }
    const place = { cwd: folder.path, env }
    const up = await rosterJson<Up>(place, 'up', '--detach', '--hosts', '2')
    expect(up).toMatchObject({ code: 0 })
    expect(up.json.members.map(({ role }) => role)).toEqual(['coordinator', 'host', 'host'])
    try {
      const twice = await rosterJson(place, 'up', '--detach')
      expect(twice).toMatchObject({ code: 5, json: { error: { code: 'store-locked' } } })

      const paid = await rosterJson<Task>(
        place,
        'task',
        'publish',
        'pay-invoice',
        '--file',
        document('01-within-limits.xml'),
        '--wait',
      )
      expect(paid.json).toMatchObject({ status: 'done', outcome: { outcome: 'paid' } })
      const approved = await rosterJson<Task>(
        place,
        'task',
        'publish',
        'pay-invoice',
        '--file',
        document('03-controller-approves.xml'),
        '--wait',
        '--yes',
      )
      expect(approved.json).toMatchObject({ status: 'done', outcome: { outcome: 'paid' } })

      const doctor = await rosterJson<{ ok: boolean; bus: { streams: readonly unknown[] } }>(place, 'doctor')
      expect(doctor).toMatchObject({ code: 0, json: { ok: true } })
      expect(doctor.json.bus.streams).toHaveLength(3)
      expect(await rosterJson(place, 'verify')).toMatchObject({ code: 0, json: { verified: true } })
    } finally {
      const down = await rosterJson<{ stopped: readonly { ended: string }[] }>(place, 'down')
      expect(down.json.stopped.map(({ ended }) => ended)).toEqual(['drained', 'drained', 'drained'])
    }
    for (const member of up.json.members) expect(await isRunning(member)).toBe(false)
    expect(await rosterJson(place, 'down')).toMatchObject({ code: 0, json: { stopped: [] } })
  })

  it('with --production puts to work only a team that somebody has signed for', { timeout: 180_000 }, async () => {
    await using folder = await newFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const env = {
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      ROSTER_FOLDER: folder.path,
      ROSTER_TEAM: join(desk, 'src/team.ts'),
    }
    const place = { cwd: folder.path, env }
    const refused = await rosterJson(place, 'up', '--detach', '--production', '--hosts', '1')
    expect(refused).toMatchObject({ code: 3, json: { error: { code: 'ready-unsigned' } } })
    const signed = await rosterJson(place, 'ready', '--sign', '--as', 'controller')
    expect(signed).toMatchObject({ code: 0, json: { signatures: [{ person: 'controller' }] } })
    const up = await rosterJson<Up>(place, 'up', '--detach', '--production', '--hosts', '1')
    try {
      expect(up).toMatchObject({ code: 0 })
      expect(await rosterJson(place, 'verify')).toMatchObject({ code: 0, json: { verified: true } })
    } finally {
      await rosterJson(place, 'down')
    }
  })

  it(
    'stays in the foreground without --detach, and ends everything when it is interrupted',
    { timeout: 300_000 },
    async () => {
      await using folder = await newFolder()
      await using database = await freshDatabase()
      await using nats = await startNats()
      const env = {
        DATABASE_URL: database.url,
        NATS_URL: nats.url,
        ROSTER_FOLDER: folder.path,
        ROSTER_TEAM: join(desk, 'src/team.ts'),
      }
      const place = { cwd: folder.path, env }
      await using up = running(place, 'up', '--hosts', '1')
      const { members } = await up.line<Up & { readonly type: string }>(({ type }) => type === 'ready')
      expect(members).toHaveLength(2)
      expect(await up.end('SIGINT')).toBe(0)
      for (const member of members) expect(await isRunning(member)).toBe(false)
    },
  )
})
