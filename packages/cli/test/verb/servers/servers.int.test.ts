import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describeWithServer } from '@roster/testing/servers'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { ran, ranJson, type Scene } from '../../fixture/world.ts'

let cwd: string
let scene: Scene

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'roster-cli-servers-'))
  scene = { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' } }
})
afterEach(async () => {
  await ran(['servers', 'wipe', '--yes'], scene)
  rmSync(cwd, { recursive: true })
})

describeWithServer('nats', 'roster servers', () => {
  it('starts servers, shows them, runs a command with them, and stops them', async () => {
    const up = await ranJson(['servers', 'up', 'nats'], scene)
    expect(up).toMatchObject({ code: 0, json: { servers: [{}, { name: 'nats', state: 'running' }, {}] } })
    expect(await ranJson(['servers', 'status'], scene)).toMatchObject({
      code: 5,
      json: {
        folder: join(cwd, '.roster', 'servers'),
        servers: [
          { name: 'postgres', state: 'stopped', address: null },
          { name: 'nats', state: 'running', version: expect.stringMatching(/^2\./), origin: expect.any(String) },
          { name: 'temporal', state: 'stopped' },
        ],
      },
    })
    const executed = await ran(['servers', 'exec', 'sh', '-c', 'nats-server --version; echo $NATS_URL; exit 7'], scene)
    expect(executed).toMatchObject({
      code: 7,
      out: expect.stringMatching(/^nats-server: v2\.\S+\nnats:\/\/roster:.+@127/),
    })
    expect((await ran(['servers', 'logs', 'nats'], scene)).out).toMatch(/Server is ready/)
    expect(await ranJson(['servers', 'down'], scene)).toEqual({ code: 0, json: { stopped: ['nats'], died: [] } })
  })

  it('names a server that ended by itself, with the end of its log', async () => {
    const { json } = await ranJson(['servers', 'up', 'nats'], scene)
    process.kill((json as { servers: { pid: number }[] }).servers[1]?.pid ?? 0, 'SIGKILL')
    await expect.poll(async () => (await ran(['servers', 'status'], scene)).code).toBe(1)
    expect((await ran(['servers', 'status'], scene)).out).toMatch(
      /nats ended by itself\. The end of .*nats\.log:\n[^]*Server is ready/,
    )
    expect(await ran(['servers', 'exec', 'true'], scene)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/nats ended by itself[^]*Start it again: roster servers up\./),
    })
  })

  it('says what to do where no server runs', async () => {
    expect((await ran(['servers', 'status'], scene)).code).toBe(5)
    expect((await ran(['servers', 'exec', 'true'], scene)).err).toMatch(/Start them: roster servers up/)
    expect((await ran(['servers', 'down'], scene)).out).toBe('No server of this clone was running.\n')
  })

  it('refuses what it does not know, and to remove data without being told twice', async () => {
    expect(await ran(['servers', 'up', 'redis'], scene)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/"redis"/),
    })
    expect((await ran(['servers', 'up', '--search-attribute', 'Tenant=Number'], scene)).code).toBe(2)
    expect((await ran(['servers', 'wipe'], scene)).code).toBe(2)
  })
})
