import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Why } from 'roster/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Published } from '../../src/publish/published.ts'
import { rosterJson, running, type Running } from './roster-process.ts'

const root = join(import.meta.dirname, '../../../..')
const documents = join(root, 'docs/examples/accounts-payable/documents')

/** The desk is found from the root of the repository without being named; its state is in a folder of this test. */
describe('the accounts-payable desk, at the root of this repository', { timeout: 180_000 }, () => {
  let folder: string
  let dev: Running
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-desk-'))
    dev = running(root, 'dev', '--folder', folder)
    await dev.line<{ type: string }>(({ type }) => type === 'ready')
  }, 120_000)
  afterAll(async () => {
    await dev.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  })

  const publish = (file: string, ...more: readonly string[]) =>
    rosterJson<Published>(
      root,
      'task',
      'publish',
      'pay-invoice',
      '--file',
      join(documents, file),
      '--wait',
      '--folder',
      folder,
      ...more,
    )

  it('pays what is within limits, once: the document again is the same task', async () => {
    const first = await publish('01-within-limits.xml')
    expect(first).toMatchObject({ code: 0, json: { status: 'done', outcome: { outcome: 'paid' }, error: null } })
    expect((await publish('01-within-limits.xml')).json.task).toBe(first.json.task)
  })

  it('keeps its books in the folder of the command, and nowhere else', () => {
    expect(existsSync(join(folder, 'payments.jsonl'))).toBe(true)
  })

  it('waits for the controller, whom --yes plays', async () => {
    expect(await publish('03-controller-approves.xml')).toMatchObject({
      code: 0,
      json: { status: 'waiting', waitingOn: [{ person: 'controller' }] },
    })
    expect(await publish('03-controller-approves.xml', '--yes')).toMatchObject({ code: 0, json: { status: 'done' } })
    const about = 'invoice/MP-26-2207'
    const { code, json } = await rosterJson<Why>(root, 'why', '--about', about, '--folder', folder)
    expect(code).toBe(0)
    expect(json.chain.flatMap(({ approvals }) => approvals)).toContainEqual(
      expect.objectContaining({ person: 'controller', decision: 'approved' }),
    )
  })

  it.each([
    ['07-duplicate-number.xml', 'already-paid'],
    ['bad/empty.xml', 'file-empty'],
    ['bad/billion-laughs.xml', 'doctype-refused'],
    ['bad/totals-wrong.xml', 'totals-wrong'],
  ])('refuses %s with 3 and a code, a path and what to do', async (file, code) => {
    expect(await publish(file)).toMatchObject({
      code: 3,
      json: {
        status: 'refused',
        error: { code, path: expect.any(String) as string, hint: expect.any(String) as string },
      },
    })
  })
})
