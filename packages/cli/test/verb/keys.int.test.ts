import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describeWithServer, startNats, type TestServer } from '@roster/testing/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ran, ranJson, type Scene } from '../fixture/world.ts'

let cwd: string
let scene: Scene

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'roster-cli-keys-'))
  // oxlint-disable-next-line roster/no-ambient -- the server compares credentials with the clock of the machine
  scene = { cwd, env: {}, clock: () => Date.now() }
})
afterAll(() => rmSync(cwd, { recursive: true }))

describe('roster keys', () => {
  it('says how to make keys where there are none', async () => {
    expect(await ran(['keys', 'show'], scene)).toMatchObject({
      code: 5,
      err: expect.stringContaining('roster keys init') as string,
    })
  })

  it('makes keys once, shows public ones only, and puts the secrets where nobody else reads them', async () => {
    const made = await ran(['keys', 'init', '--tenant', 'desk'], scene)
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/operator +O[A-Z2-7]{55}/) as string })
    expect(made.out).not.toMatch(/\bS[OAU][A-Z2-7]{56}\b/)
    expect(statSync(join(cwd, '.roster/identity/keys')).mode & 0o777).toBe(0o700)
    expect(await ran(['keys', 'init', '--tenant', 'desk'], scene)).toMatchObject({
      code: 5,
      err: expect.stringContaining('--force') as string,
    })
    const shown = await ranJson(['keys', 'show'], scene)
    expect(shown).toMatchObject({ code: 0, json: { tenant: 'desk', revision: 1, revoked: [] } })
  })

  it('refuses to issue what it cannot: no name, nothing to do, for longer than an hour', async () => {
    const issue = ['credentials', 'issue', '--for', 'web', '--may', 'publish:pay-invoice']
    expect(await ran(issue.slice(0, 2), scene)).toMatchObject({ code: 2 })
    expect(await ran(issue.slice(0, 4), scene)).toMatchObject({ code: 2 })
    expect(await ran([...issue, '--may', 'publish:>'], scene)).toMatchObject({ code: 2 })
    expect(await ran([...issue, '--expires', '2h'], scene)).toMatchObject({
      code: 2,
      err: expect.stringContaining('at most 1h') as string,
    })
  })

  it('asks for a server and a reason', async () => {
    expect(await ran(['rotate'], scene)).toMatchObject({ code: 2, err: expect.stringContaining('NATS_URL') as string })
    expect(await ran(['revoke', 'reader'], scene)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--because') as string,
    })
  })
})

describeWithServer('nats', 'roster keys, rotate and revoke', () => {
  let server: TestServer
  let beside: Scene

  beforeAll(async () => {
    const { out } = await ran(['keys', 'config'], scene)
    server = await startNats({ config: out })
    beside = { ...scene, env: { NATS_URL: server.url } }
  }, 60_000)
  afterAll(() => server?.[Symbol.asyncDispose]())

  it('tell a server that was configured with them, and replace every key', async () => {
    expect(await ran(['keys', 'push'], beside)).toMatchObject({ code: 0 })
    const before = await ranJson(['keys', 'show'], beside)
    const rotated = await ranJson(['rotate', '--grace', '0s', '--because', 'a drill'], beside)
    expect(rotated.code).toBe(0)
    expect(rotated.json).toHaveLength(5)
    const after = await ranJson(['keys', 'show'], beside)
    expect(after.json).toMatchObject({
      revision: 3,
      retired: Array.from({ length: 5 }, () => ({ because: 'a drill' })),
    })
    expect(after.json).not.toMatchObject({ roles: (before.json as { roles: object }).roles })
  })

  it('give a client a file, and take it off the bus', async () => {
    const issue = ['credentials', 'issue', '--for', 'web', '--may', 'publish:pay-invoice', '--expires', '1h']
    const issued = await ran(issue, beside)
    expect(issued).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^-----BEGIN NATS USER JWT-----\n[\s\S]+SU[A-Z2-7]{56}/) as string,
      err: expect.stringContaining('_INBOX.@client.web') as string,
    })
    const revoke = ['revoke', 'web', '--client', '--because', 'it has left', '--grace', '0s']
    expect(await ran(revoke, beside)).toMatchObject({ code: 0, out: expect.stringContaining('off the bus') as string })
    expect(await ran(issue, beside)).toMatchObject({ code: 3, err: expect.stringContaining('reinstate') as string })
    expect(await ran(['credentials', 'reinstate', 'web', '--client'], beside)).toMatchObject({ code: 0 })
    expect(await ran(issue, beside)).toMatchObject({ code: 0 })
  })

  it('take a colleague off the bus and revoke it where the team is at work, and say where that is refused', async () => {
    const holders = join(cwd, '.roster/identity/holders')
    const revoke = ['revoke', 'reader', '--as', 'ann', '--because', 'a theft', '--grace', '0s']
    expect(await ran(revoke, beside)).toMatchObject({ code: 2, err: expect.stringContaining('no key') as string })
    copyFileSync(join(holders, `${encodeURIComponent('client:web')}.nk`), join(holders, 'desk%2Fagent%2Freader.nk'))
    const orders: object[] = []
    const revokes = (given: object): Promise<never> => {
      orders.push(given)
      return Promise.resolve({ jobs: ['desk/agent/reader/job/1'] } as never)
    }
    const revoked = await ranJson(revoke, { ...beside, operations: { revoke: revokes } })
    expect(revoked).toMatchObject({ code: 0, json: { name: 'reader', revoked: true, jobs: [expect.any(String)] } })
    expect(orders).toEqual([{ who: 'reader', by: 'ann', because: 'a theft' }])
    const refusing = { revoke: () => Promise.reject(new Error('ann may not')) }
    expect(await ran(revoke, { ...beside, operations: refusing })).toMatchObject({
      code: 3,
      out: expect.stringContaining('NOT revoked in the team: ann may not') as string,
    })
    const alone = { ...beside, openers: { connect: () => Promise.resolve(undefined) } }
    expect(await ranJson(revoke, alone)).toMatchObject({ code: 0, json: { revoked: false } })
  })

  it('say that another server believes somebody else', async () => {
    const elsewhere = mkdtempSync(join(cwd, 'elsewhere-'))
    const other = { ...beside, cwd: elsewhere }
    await ran(['keys', 'init', '--tenant', 'desk'], other)
    expect(await ran(['keys', 'push'], other)).toMatchObject({
      code: 3,
      err: expect.stringContaining('trusts another operator') as string,
    })
    writeFileSync(join(elsewhere, '.roster/identity/identity.json'), '{}')
    expect(await ran(['keys', 'show'], other)).toMatchObject({ code: 5 })
  })
})
