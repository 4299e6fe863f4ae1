import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { Check, InboxItem, RecordSummary, Replay, TaskSummary, Verification, Why } from 'roster/client'
import { describe, expect, it } from 'vitest'

import type { Published } from '../../src/publish/published.ts'
import { newTeam } from './new-team.ts'
import { roster, rosterJson, running } from './roster-process.ts'

interface Line {
  readonly type: string
  readonly hosting?: boolean
  readonly status?: string
  readonly envelope?: RecordSummary['envelope']
}

const isReady = ({ type }: Line): boolean => type === 'ready'
const isRecord = ({ type }: Line): boolean => type === 'record'
const isTask = ({ type }: Line): boolean => type === 'task'

async function published(folder: string, topic: string): Promise<string> {
  const input = JSON.stringify({ topic })
  const { json } = await rosterJson<Published>(folder, 'task', 'publish', 'brief', '--input', input, '--wait')
  expect(json).toMatchObject({ status: 'waiting', error: null })
  return String(json.task)
}

describe('roster dev', { timeout: 180_000 }, () => {
  it('hosts the team for all other commands, shows what happens, and stops cleanly', async () => {
    await using team = await newTeam()
    const here = team.path
    await using dev = running(here, 'dev')
    expect(await dev.line(isReady)).toMatchObject({ hosting: true })
    await using second = running(here, 'dev')
    expect(await second.line(isReady)).toMatchObject({ hosting: false })

    expect(await rosterJson<Check>(here, 'check')).toMatchObject({ code: 0, json: { ok: true, team: 'newsroom' } })
    const task = await published(here, 'tides')
    const written = ({ envelope }: Line): boolean =>
      envelope?.who.colleague === 'writer' && envelope.outcome?.status === 'done'
    await dev.line(written)
    await second.line(written)

    expect(await rosterJson<InboxItem[]>(here, 'inbox', '--as', 'editor')).toMatchObject({
      json: [{ task, tool: 'brief' }],
    })
    expect((await roster(here, 'decline', task)).code).toBe(2)
    expect((await roster(here, 'decline', task, '--yes', '--reason', 'too short')).code).toBe(0)
    expect(await rosterJson<TaskSummary>(here, 'task', 'show', task)).toMatchObject({ json: { status: 'refused' } })

    const log = await rosterJson<RecordSummary[]>(here, 'log', '--task', task)
    const decision = log.json.find(({ envelope }) => envelope.cause.type === 'decision')
    const why = await rosterJson<Why>(here, 'why', String(decision?.position))
    expect(why.json.chain.at(-1)).toMatchObject({
      approvals: [{ person: 'editor', decision: 'declined', reason: 'too short' }],
    })
    expect(await rosterJson<Replay>(here, 'replay', task, '--to', '2')).toMatchObject({
      code: 0,
      json: { verified: true },
    })
    expect((await roster(here, 'export', task, '--out', 'incident.json')).code).toBe(0)

    expect(await second.end('SIGINT')).toBe(0)
    expect(await dev.end('SIGTERM')).toBe(0)
    expect(existsSync(join(here, '.roster/socket.json'))).toBe(false)
    expect((await roster(here, 'verify', '--export', 'incident.json')).code).toBe(0)
  })

  it('that was killed leaves nothing that stops the next command, and nothing is lost', async () => {
    await using team = await newTeam()
    await using dev = running(team.path, 'dev')
    await dev.line(isReady)
    const task = await published(team.path, 'tides')
    await dev.end('SIGKILL')
    expect(existsSync(join(team.path, '.roster/socket.json'))).toBe(true)
    expect(await rosterJson(team.path, 'approve', task, '--yes')).toMatchObject({ code: 0, json: { status: 'done' } })
    expect(await rosterJson<Verification>(team.path, 'verify')).toMatchObject({ code: 0, json: { verified: true } })
  })

  it('that ends while another command watches leaves the watching to that command, until it is interrupted', async () => {
    await using team = await newTeam()
    await using dev = running(team.path, 'dev')
    await dev.line(isReady)
    const task = await published(team.path, 'tides')
    await using watch = running(team.path, 'task', 'watch', task)
    await using other = running(team.path, 'task', 'watch', task)
    await watch.line(isRecord)
    await other.line(isRecord)
    expect(await other.end('SIGINT')).toBe(130)
    expect(await dev.end('SIGTERM')).toBe(0)
    expect((await roster(team.path, 'approve', task, '--yes')).code).toBe(0)
    expect(await watch.line(isTask)).toMatchObject({ status: 'done' })
  })
})
