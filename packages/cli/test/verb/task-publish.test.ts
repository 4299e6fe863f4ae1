import { createHash } from 'node:crypto'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { RosterError } from 'roster'
import type { Operations, TaskSummary } from 'roster/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { inboxItem, taskSummary, waitingTask } from '../fixture/summary.ts'
import { hostedOf, ran, ranJson } from '../fixture/world.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-publish-'))
  await writeFile(join(folder, 'invoice.xml'), '<Invoice/>')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const hashOf = (base64: string): string => createHash('sha256').update(base64, 'base64').digest('hex')

/** Operations that keep what they were given. */
function desk(settled: TaskSummary | (() => TaskSummary), more: Partial<Operations> = {}) {
  const published: Parameters<Operations['publish']>[0][] = []
  const operations: Partial<Operations> = {
    keepDocument: async ({ name, base64 }) => ({
      name,
      hash: hashOf(base64),
      bytes: Buffer.byteLength(base64, 'base64'),
    }),
    publish: async (publication) => {
      published.push(publication)
      return { task: 'T1', known: false }
    },
    settled: async () => (typeof settled === 'function' ? settled() : settled),
    ...more,
  }
  return { operations, published }
}

const wait = ['task', 'publish', 'pay-invoice', '--input', '{}', '--wait']

describe('task publish', () => {
  it.each([
    ['done', 0],
    ['refused', 3],
    ['failed', 1],
    ['cancelled', 1],
  ] as const)('of a task that ends as %s prints its five parts and ends with %i', async (status, exit) => {
    const error = status === 'done' ? null : { code: status, message: 'no', path: '/amount' }
    const { operations } = desk(taskSummary({ status, error }))
    const { code, json } = await ranJson(wait, { operations })
    expect(code).toBe(exit)
    expect(json).toEqual({
      task: 'T1',
      status,
      outcome: { paid: '120.00' },
      waitingOn: [],
      error: error === null ? null : { code: status, message: 'no', path: '/amount', hint: null },
    })
  })

  it('of a task that was stopped is failed', async () => {
    const { operations } = desk(taskSummary({ status: 'stopped', error: { code: 'stopped', message: 'revoked' } }))
    expect(await ranJson(wait, { operations })).toMatchObject({
      code: 1,
      json: { status: 'failed', error: { code: 'stopped' } },
    })
  })

  it('of a task that waits for a person ends with 0 and says for whom', async () => {
    const { operations } = desk(waitingTask())
    const { code, json } = await ranJson(wait, { operations })
    expect(code).toBe(0)
    expect(json).toMatchObject({
      status: 'waiting',
      error: null,
      waitingOn: [{ person: 'controller', item: 'desk/person/controller/job/J1' }],
    })
  })

  it('of a task that takes longer than --timeout ends with 0: it waits, and the error says for what', async () => {
    const { operations } = desk(taskSummary({ status: 'running', endedAt: null, outcome: null }))
    const { code, json } = await ranJson([...wait, '--timeout', '5ms'], { operations })
    expect(code).toBe(0)
    expect(json).toMatchObject({
      task: 'T1',
      status: 'waiting',
      waitingOn: [],
      error: { code: 'timeout', hint: 'It goes on. Follow it with: roster task watch T1' },
    })
  })

  it('without --wait answers at once', async () => {
    const { operations } = desk(taskSummary({ status: 'running', endedAt: null, outcome: null }))
    expect(await ranJson(['task', 'publish', 'brief', '--input', '{}'], { operations })).toMatchObject({
      code: 0,
      json: { task: 'T1', status: 'running', error: null },
    })
  })

  it('without --wait answers also where the task has no record yet', async () => {
    const { operations } = desk(taskSummary(), {
      settled: () => Promise.reject(new RosterError('unknown-task', 'no task T1')),
    })
    expect(await ranJson(['task', 'publish', 'brief'], { operations })).toMatchObject({
      code: 0,
      json: { task: 'T1', status: 'running' },
    })
  })

  it('refused before there is a task answers in the same form', async () => {
    const refusal = new RosterError('denied', 'not you', { hint: 'Ask the owner.' })
    const { operations } = desk(taskSummary(), { publish: () => Promise.reject(refusal) })
    const { code, json } = await ranJson(wait, { operations })
    expect(code).toBe(3)
    expect(json).toEqual({
      task: null,
      status: 'refused',
      outcome: null,
      waitingOn: [],
      error: { code: 'denied', message: 'not you', path: null, hint: 'Ask the owner.' },
    })
  })
})

describe('the input of a task', () => {
  const publish = ['task', 'publish', 'pay-invoice']

  it('has the reference to a document in it, and the same document is the same task', async () => {
    const { operations, published } = desk(taskSummary())
    const hash = createHash('sha256').update('<Invoice/>').digest('hex')
    await ran([...publish, '--file', 'invoice.xml', '--input', '{"urgent":true}'], { operations, cwd: folder })
    expect(published).toEqual([
      {
        playbook: 'pay-invoice',
        input: { urgent: true, document: { name: 'invoice.xml', hash, bytes: 10 } },
        idempotencyKey: hash,
        requester: 'client',
      },
    ])
  })

  it('takes --key and --as as they are given, and a new key where nothing else makes one', async () => {
    const { operations, published } = desk(taskSummary())
    await ran([...publish, '--file', 'invoice.xml', '--key', 'k1', '--as', 'ada'], { operations, cwd: folder })
    await ran(publish, { operations, env: { ROSTER_AS: 'bob' } })
    expect(published.map(({ idempotencyKey, requester }) => [idempotencyKey, requester])).toEqual([
      ['k1', 'ada'],
      ['a new key', 'bob'],
    ])
  })

  it('is read from a file or from standard input', async () => {
    const { operations, published } = desk(taskSummary())
    await writeFile(join(folder, 'input.json'), '{"from":"a file"}')
    await ran([...publish, '--input', '@input.json'], { operations, cwd: folder })
    await ran([...publish, '--input', '-'], { operations, input: '{"from":"standard input"}' })
    expect(published.map(({ input }) => input)).toEqual([{ from: 'a file' }, { from: 'standard input' }])
  })

  it.each([
    [['--input', '{"a":'], 'usage', '--input', 2],
    [['--input', '@missing.json'], 'usage', '--input', 2],
    [['--file', 'invoice.xml', '--input', '[1]'], 'usage', '--input', 2],
    [['--file', 'missing.xml'], 'file-not-found', '--file', 2],
    [['--file', '.'], 'file-not-found', '--file', 2],
  ])('%j is refused before anything is opened', async (options, error, path, exit) => {
    const { code, json } = await ranJson([...publish, ...options], {
      cwd: folder,
      openers: { connect: () => Promise.reject(new Error('opened')) },
    })
    expect(code).toBe(exit)
    expect(json).toMatchObject({ error: { code: error, path, hint: expect.any(String) as string } })
  })

  it('may be a document of 64 MB and not a byte more', async () => {
    const file = join(folder, 'large.bin')
    const handle = await open(file, 'w')
    await handle.truncate(64 * 1024 * 1024 + 1)
    await handle.close()
    const { code, json } = await ranJson([...publish, '--file', 'large.bin'], { cwd: folder })
    expect(code).toBe(3)
    expect(json).toMatchObject({ task: null, status: 'refused', error: { code: 'document-too-large', path: '--file' } })
  })
})

describe('with --yes the people are played', () => {
  it("by the team's script, and each decision says so", async () => {
    const decided: Parameters<Operations['decide']>[0][] = []
    const { operations } = desk(() => (decided.length === 0 ? waitingTask() : taskSummary()), {
      inbox: async () => [inboxItem(), inboxItem({ task: 'T2', item: 'another' })],
      decide: async (decision) => {
        decided.push(decision)
        return { approval: 'A1', known: false, record: 'R1' }
      },
    })
    const { code, json } = await ranJson([...wait, '--yes'], {
      operations,
      people: ({ tool }) => (tool === 'pay' ? 'approved' : undefined),
    })
    expect([code, (json as { status: string }).status]).toEqual([0, 'done'])
    expect(decided).toEqual([
      {
        item: 'desk/person/controller/job/J1',
        person: 'controller',
        decision: 'approved',
        reason: 'played by the script of the team (--yes)',
      },
    ])
  })

  it('once for each decision, also while the decision is still on its way', async () => {
    const statuses = [waitingTask(), waitingTask(), waitingTask(), taskSummary({ status: 'refused' })]
    let decisions = 0
    const { operations } = desk(() => statuses.shift() ?? taskSummary(), {
      inbox: async () => [inboxItem()],
      decide: async () => ({ approval: `A${(decisions += 1)}`, known: false, record: 'R1' }),
    })
    expect((await ranJson([...wait, '--yes'], { operations, people: () => 'declined' })).code).toBe(3)
    expect(decisions).toBe(1)
  })

  it('not at all where the script has no opinion: the task waits', async () => {
    const { operations } = desk(waitingTask(), { inbox: async () => [inboxItem()] })
    expect(await ranJson([...wait, '--yes'], { operations, people: () => undefined })).toMatchObject({
      code: 0,
      json: { status: 'waiting' },
    })
  })

  it('not at all where there is no script, and that is said', async () => {
    const { operations } = desk(waitingTask())
    const { code, err } = await ran([...wait, '--yes', '--json'], { operations })
    expect(code).toBe(0)
    expect(err).toContain('exports no function "people": nobody is played, and nothing is approved')
  })
})

describe('a task that is published without a running team', () => {
  it('is taken in by this process, which says that nobody else goes on with it', async () => {
    const { operations } = desk(taskSummary({ status: 'running', endedAt: null, outcome: null }))
    let closed = 0
    const openers = { connect: async () => undefined, open: async () => hostedOf(operations, () => (closed += 1)) }
    const { code, err } = await ran(['task', 'publish', 'brief'], { openers })
    expect([code, closed]).toEqual([0, 1])
    expect(err).toContain('roster dev')
  })
})
