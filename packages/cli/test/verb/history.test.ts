import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Exported, Operations, Verification, WhyRecord } from 'roster/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { record, taskSummary } from '../fixture/summary.ts'
import { ran, ranJson } from '../fixture/world.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-history-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const verified: Verification = {
  verified: true,
  records: 12,
  streams: 3,
  checkpoints: 2,
  anchoredTo: 10,
  signedFrom: 1,
  found: 0,
  problems: [],
}
const changed: Verification = {
  ...verified,
  verified: false,
  problems: [
    {
      code: 'hash-broken',
      stream: 'desk/task/T1',
      version: 2,
      position: 7,
      field: 'envelope',
      message: 'it was changed',
    },
  ],
}
const exported: Exported = { format: 'roster.export.1', tenant: 'desk', team: 'desk', heads: [], records: [] }

describe('verify', () => {
  it('ends with 0 if all fits, and with 4 and the place if not', async () => {
    expect(await ranJson(['verify'], { operations: { verify: async () => verified } })).toEqual({
      code: 0,
      json: verified,
    })
    const fits = await ran(['verify'], { operations: { verify: async () => verified } })
    expect(fits.out).toContain('Verified: 12 records in 3 streams')
    expect(fits.out).toContain('2 signed checkpoints cover it to #10; what came later is protected by its chain alone')
    const { code, out } = await ran(['verify'], { operations: { verify: async () => changed } })
    expect(code).toBe(4)
    expect(out).toContain('hash-broken  #7  desk/task/T1  v2       envelope  it was changed')
  })

  it('of an export needs no team', async () => {
    await writeFile(join(folder, 'export.json'), JSON.stringify(exported))
    const openers = {
      connect: () => Promise.reject(new Error('opened')),
      verifyExport: async (given: Exported) => ({ ...changed, records: given.records.length }),
    }
    expect(await ranJson(['verify', '--export', 'export.json'], { cwd: folder, openers })).toMatchObject({
      code: 4,
      json: { records: 0 },
    })
  })

  it.each([
    ['missing.json', undefined, 'file-not-found'],
    ['broken.json', '{', 'usage'],
    ['other.json', '{"format":"roster.export.2","records":[],"heads":[]}', 'usage'],
    ['null.json', 'null', 'usage'],
  ])('of %s says what is wrong with the file', async (name, text, error) => {
    if (text !== undefined) await writeFile(join(folder, name), text)
    expect(await ranJson(['verify', '--export', name], { cwd: folder })).toMatchObject({
      code: 2,
      json: { error: { code: error, path: '--export' } },
    })
  })
})

describe('export', () => {
  const operations: Partial<Operations> = { export: async ({ task } = {}) => ({ ...exported, team: task ?? 'all' }) }

  it('is the document on standard output, with --json or without', async () => {
    expect((await ranJson(['export'], { operations })).json).toMatchObject({ format: 'roster.export.1', team: 'all' })
    expect(JSON.parse((await ran(['export', 'T1'], { operations })).out)).toMatchObject({ team: 'T1' })
  })

  it('goes to a file that only its owner can read, and replaces none unless told to', async () => {
    const args = ['export', 'T1', '--out', 'incident.json']
    expect(await ranJson(args, { operations, cwd: folder })).toMatchObject({
      code: 0,
      json: { file: 'incident.json', records: 0 },
    })
    expect(JSON.parse(await readFile(join(folder, 'incident.json'), 'utf8'))).toMatchObject({ team: 'T1' })
    expect((await stat(join(folder, 'incident.json'))).mode & 0o777).toBe(0o600)
    expect(await ranJson(args, { operations, cwd: folder })).toMatchObject({
      code: 2,
      json: { error: { path: '--out' } },
    })
    expect((await ran([...args, '--yes'], { operations, cwd: folder })).code).toBe(0)
  })

  it('to a place that cannot be written ends with 5', async () => {
    expect(await ranJson(['export', '--out', 'no/such/folder/x.json'], { operations, cwd: folder })).toMatchObject({
      code: 5,
      json: { error: { code: 'file-not-written' } },
    })
  })
})

describe('replay', () => {
  const replayed = {
    subject: 'T1',
    steps: [],
    state: { value: 'paid' },
    why: 'stepped by reply',
    verified: true,
    divergence: null,
  }

  it('ends with 0 if every digest is the same, and with 4 if not', async () => {
    const asked: unknown[] = []
    const operations: Partial<Operations> = { replay: async (query) => (asked.push(query), replayed) }
    expect(await ranJson(['replay', 'T1', '--to', '7'], { operations })).toEqual({ code: 0, json: replayed })
    expect(asked).toEqual([{ subject: 'T1', to: 7 }])
    const diverged = { ...replayed, verified: false, divergence: { stream: 'desk/task/T1', version: 3 } }
    const { code, out } = await ran(['replay', 'T1'], { operations: { replay: async () => diverged } })
    expect(code).toBe(4)
    expect(out).toContain('Not the same as recorded: {"stream":"desk/task/T1","version":3}')
  })
})

describe('why', () => {
  const denial = {
    allowed: false,
    policies: [],
    policySet: 'p',
    reason: 'no policy allows it',
    principal: 'agent/clerk',
    action: 'use',
    resource: 'tool/pay',
  }
  const permit = { ...denial, allowed: true, policies: ['treasurer-pays'], reason: '' }
  const { envelope } = record(7)
  const told: WhyRecord = {
    record: 'R7',
    position: 7,
    stream: envelope.stream,
    version: 2,
    at: envelope.at,
    kind: 'stepped',
    who: envelope.who,
    where: envelope.where,
    cause: envelope.cause,
    before: 'checking',
    after: 'paying',
    label: { integrity: 'untrusted', sources: ['client/mail'] },
    decisions: [permit, denial],
    guards: [{ guard: 'withinLimit', result: true }],
    taken: [{ source: 'checking', event: 'reply', target: ['paying'] }],
    notTaken: [{ event: 'reply', guard: 'aboveLimit', target: ['approving'] }],
    effects: [{ skill: 'use', name: 'pay', input: { amount: '120.00' } }],
    answer: null,
    approvals: [
      { person: 'controller', role: 'controller', decision: 'approved', at: envelope.at, reason: 'by phone' },
    ],
    thinking: { model: 'second', prompt: 'abcdef0123456789', tried: [{ model: 'first', code: 'model-failed' }] },
    costMicroUsd: 400,
    error: null,
  }
  const story = {
    question: 'R7',
    tasks: [taskSummary()],
    chain: [{ ...told, record: 'R6', position: 6, stream: 'desk/agent/clerk' }, told],
  }

  it('tells who, on what right, where, by whose consent, by which guards, at what cost', async () => {
    const { code, out } = await ran(['why', 'R7'], { operations: { why: async () => story } })
    expect(code).toBe(0)
    for (const part of [
      'clerk  checking → paying  work read-invoice from the task  $0.0004',
      'clerk@1.0.0/read-invoice abcdefabcdef, ran in host on vm/1 (roster/0.0.0), record R7',
      'untrusted from client/mail',
      'allowed agent/clerk use tool/pay: treasurer-pays',
      'denied agent/clerk use tool/pay: no policy allows it',
      'approved by controller (controller)',
      ': by phone',
      'guards withinLimit yes; not taken approving (if aboveLimit)',
      'starts use pay {"amount":"120.00"}',
      'thought by second, prompt abcdef012345, after first (model-failed)',
      'On vm/1, roster/0.0.0.',
    ]) {
      expect(out).toContain(part)
    }
    expect(out).not.toContain('#6')
    expect(out).toContain('1 record, and 1 in which a colleague only took or ended a piece of work')
  })

  it('asks for a record by its id or its position, or for a business key', async () => {
    const asked: unknown[] = []
    const operations: Partial<Operations> = {
      why: async (query) => (asked.push(query), story),
      log: async ({ after = 0 } = {}) => (after < 7 ? [record(after + 1)] : []),
    }
    for (const args of [['R7'], ['7'], ['#7'], ['99'], ['--about', 'invoice/4711']])
      expect((await ranJson(['why', ...args], { operations })).json).toEqual(story)
    expect(asked).toEqual([
      { record: 'R7' },
      { record: 'R7' },
      { record: 'R7' },
      { record: '99' },
      { about: 'invoice/4711' },
    ])
  })
})
