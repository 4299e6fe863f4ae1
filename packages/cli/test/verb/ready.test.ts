import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Desk, Readiness, WaitingConsents } from 'roster/client'
import { describe, expect, it } from 'vitest'

import { now, ran, ranJson, type Scene } from '../fixture/world.ts'

const ordered = { record: 'R1', stream: 'desk/team', version: 2 }
const gap = {
  code: 'window-missing',
  what: 'team/desk',
  says: 'nothing bounds a day',
  mend: "team('desk', …)",
} as const
const facts = [{ title: 'Whom an alert reaches', lines: ['pay-invoice: controller'] }]
const page: Readiness = { team: 'desk', digest: 'abc', at: now, facts, gaps: [gap], signatures: [] }

/** A scene without a running team, whose records are told and whose desk remembers what it is asked. */
function offline(parts: Partial<Readiness> = {}, waiting: WaitingConsents = { waiting: [], digests: {} }) {
  const asked: unknown[] = []
  const note = async (given: object) => (asked.push(given), ordered)
  const desk: Desk = {
    consent: note,
    signReady: note,
    drill: async (given) => (asked.push(given), { ...ordered, records: 7, streams: 2, verified: true, problems: [] }),
    [Symbol.asyncDispose]: async () => {},
  }
  const openers: Scene['openers'] = {
    connect: async () => undefined,
    history: async () => undefined,
    ready: async () => ({ ...page, ...parts }),
    consents: async () => waiting,
    desk: async () => desk,
  }
  return { asked, scene: { openers } }
}

describe('ready', () => {
  it('names each gap with what mends it, and ends with 4 while there are any', async () => {
    const { code, out } = await ran(['ready'], offline().scene)
    expect(code).toBe(4)
    for (const part of [
      'window-missing  nothing bounds a day',
      "team('desk', …)",
      'pay-invoice: controller',
      'Nobody has signed',
    ])
      expect(out).toContain(part)
  })

  it('names a lock that is not there', async () => {
    const { json } = await ranJson(['ready'], offline({ gaps: [] }).scene)
    expect(json).toMatchObject({ gaps: [{ code: 'lock-missing', mend: 'roster check --write' }] })
  })

  it('--sign signs in the name of a person, with what is open', async () => {
    const { scene, asked } = offline()
    expect(await ran(['ready', '--sign', '--as', 'ada'], scene)).toMatchObject({ code: 0 })
    expect(asked).toEqual([
      { digest: 'abc', gaps: ['window-missing team/desk', 'lock-missing roster.lock'], by: 'ada' },
    ])
  })

  it('--sign and --drill need a name', async () => {
    for (const what of ['--sign', '--drill'])
      expect(await ran(['ready', what], offline().scene)).toMatchObject({
        code: 2,
        err: expect.stringContaining('--as <person>'),
      })
  })

  it('--drill tries to have everything back first', async () => {
    const { scene, asked } = offline()
    const { err } = await ran(['ready', '--drill', '--as', 'ada'], scene)
    expect(asked).toEqual([{ by: 'ada' }])
    expect(err).toContain('Had everything back from an export: 7 records of 2 streams')
  })

  it('--out writes the page, as Markdown or HTML', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roster-ready-'))
    try {
      for (const [file, part] of [
        ['page.md', '# Is desk ready?'],
        ['page.html', '<h1>Is desk ready?</h1>'],
      ] as const) {
        await ran(['ready', '--out', join(folder, file)], offline().scene)
        expect(await readFile(join(folder, file), 'utf8')).toContain(part)
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('consent', () => {
  const waiting = {
    waiting: [{ thing: 'tool/pay', digest: 'd1', owners: ['ada'] }],
    digests: { 'tool/pay': 'd1', policies: 'd2' },
  }

  it('lists what waits for whom, and ends with 4 while anything does', async () => {
    expect(await ran(['consent'], offline({}, waiting).scene)).toMatchObject({
      code: 4,
      out: expect.stringMatching(/tool\/pay\s+ada\s+d1/),
    })
    expect(await ran(['consent'], offline().scene)).toMatchObject({ code: 0, out: 'No change waits for anybody.\n' })
  })

  it('is bound to the thing as the team file says it is', async () => {
    const { scene, asked } = offline({}, waiting)
    expect(await ran(['consent', 'tool/pay', '--as', 'ada'], scene)).toMatchObject({ code: 0 })
    expect(asked).toEqual([{ thing: 'tool/pay', digest: 'd1', by: 'ada' }])
  })

  it('knows what there is, and needs a name', async () => {
    expect(await ran(['consent', 'tool/shout', '--as', 'ada'], offline({}, waiting).scene)).toMatchObject({ code: 2 })
    expect(await ran(['consent', 'tool/pay'], offline({}, waiting).scene)).toMatchObject({ code: 2 })
  })
})
