import { existsSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'

import { describeWithServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import {
  cloneDown,
  cloneEnvironment,
  cloneServers,
  cloneStatus,
  cloneUp,
  cloneWipe,
  queryPostgres,
} from '../../src/index.ts'
import { env, newClone } from './clone.ts'
import { processesOf } from '../process/processes-of.ts'

const address = (status: { readonly address: string | null } | undefined): string => status?.address ?? ''

describeWithServer('temporal', 'the servers of a clone', () => {
  it('all run after up, answer with their versions, and are gone after down', async () => {
    await using clone = await newClone()
    await cloneUp({ folder: clone.folder, env, servers: cloneServers })
    const status = await clone.status()
    expect(Object.values(status).map(({ name, state }) => [name, state])).toEqual([
      ['postgres', 'running'],
      ['nats', 'running'],
      ['temporal', 'running'],
    ])
    expect(status['nats']?.version).toMatch(/^2\./)
    expect(await fetch(status['temporal']?.web ?? '').then(({ status: code }) => code)).toBe(200)
    expect(processesOf(clone.folder)).not.toEqual([])
    expect(await cloneDown(clone.folder)).toEqual({ stopped: ['temporal', 'nats', 'postgres'], died: [] })
    expect(processesOf(clone.folder)).toEqual([])
  })

  it('have the same address and data the next time, and what runs stays as it is', async () => {
    await using clone = await newClone()
    const up = async (): Promise<void> => await cloneUp({ folder: clone.folder, env, servers: ['postgres'] })
    await up()
    const before = await clone.status()
    await queryPostgres(address(before['postgres']), 'create table kept as select 7 as number')
    await up()
    expect((await clone.status())['postgres']?.pid).toBe(before['postgres']?.pid)
    await cloneDown(clone.folder)
    await up()
    const after = await clone.status()
    expect(address(after['postgres'])).toBe(address(before['postgres']))
    expect(await queryPostgres(address(after['postgres']), 'select number from kept')).toEqual([{ number: 7 }])
  })

  it('run side by side with those of another clone, and down ends only its own', async () => {
    await using one = await newClone()
    await using other = await newClone()
    for (const { folder } of [one, other]) await cloneUp({ folder, env, servers: ['nats'] })
    expect(address((await one.status())['nats'])).not.toBe(address((await other.status())['nats']))
    await cloneDown(one.folder)
    expect((await other.status())['nats']?.state).toBe('running')
  })

  it('are started once, also by two at the same time', async () => {
    await using clone = await newClone()
    const up = async (): Promise<void> => await cloneUp({ folder: clone.folder, env, servers: ['nats'] })
    await Promise.all([up(), up()])
    expect(processesOf(clone.folder)).toHaveLength(1)
  })

  it.each(['', JSON.stringify({ pid: 4_194_304, started: '1' })])(
    'are started although a process died with their lock (%s)',
    async (lock) => {
      await using clone = await newClone()
      await cloneUp({ folder: clone.folder, env, servers: [] })
      writeFileSync(join(clone.folder, 'lock'), lock)
      await cloneUp({ folder: clone.folder, env, servers: ['nats'] })
      expect((await clone.status())['nats']?.state).toBe('running')
    },
  )

  it('are named with the end of their log where they end by themselves, and start again', async () => {
    await using clone = await newClone()
    const up = async (): Promise<void> => await cloneUp({ folder: clone.folder, env, servers: ['nats'] })
    await up()
    const { nats } = await clone.status()
    process.kill(nats?.pid ?? 0, 'SIGKILL')
    await expect.poll(async () => (await clone.status())['nats']?.state).toBe('died')
    expect((await clone.status())['nats']?.lastOutput).toMatch(/Server is ready/)
    expect((await cloneDown(clone.folder)).died).toMatchObject([{ name: 'nats', lastOutput: /./ }])
    await up()
    expect((await clone.status())['nats']?.state).toBe('running')
  })

  it('take another port where somebody else took theirs', async () => {
    await using clone = await newClone()
    const up = async (): Promise<void> => await cloneUp({ folder: clone.folder, env, servers: ['nats'] })
    await up()
    const before = new URL(address((await clone.status())['nats']))
    await cloneDown(clone.folder)
    const other = createServer().listen(Number(before.port), '127.0.0.1')
    await once(other, 'listening')
    await up()
    other.close()
    const after = new URL(address((await clone.status())['nats']))
    expect(after.port).not.toBe(before.port)
    expect(after.password).toBe(before.password)
  })

  it('say why one does not start, and remember no process of it', async () => {
    await using clone = await newClone()
    const config = join(dirname(clone.folder), 'wrong.conf')
    await cloneUp({ folder: clone.folder, env, servers: [] })
    writeFileSync(config, 'max_payload: much')
    const starting = cloneUp({ folder: clone.folder, env, servers: ['nats'], settings: { natsConfig: config } })
    await expect(starting).rejects.toMatchObject({
      code: 'server-failed',
      message: expect.stringMatching(/nats\.conf:4/),
    })
    expect((await clone.status())['nats']?.state).toBe('stopped')
  })

  it('show no password unless asked, and keep them where nobody else reads', async () => {
    await using clone = await newClone()
    await cloneUp({ folder: clone.folder, env, servers: ['postgres', 'nats'] })
    for (const status of await cloneStatus(clone.folder, env))
      expect(status.address ?? '').not.toMatch(/:[0-9a-f]{32}@/)
    for (const file of ['servers.json', 'nats.log', join('nats', 'nats.conf')])
      expect(statSync(join(clone.folder, file)).mode & 0o077).toBe(0)
  })

  it('are found by a command through its environment', async () => {
    await using clone = await newClone()
    await cloneUp({ folder: clone.folder, env, servers: ['nats'] })
    const found = cloneEnvironment(env, Object.values(await clone.status()))
    expect(found['NATS_URL']).toBe(address((await clone.status())['nats']))
    expect(found['DATABASE_URL']).toBeUndefined()
    expect(existsSync(join((found['PATH'] ?? '').split(':')[0] ?? '', 'nats-server'))).toBe(true)
  })

  it('are not started where a variable names one, and that one is not stopped', async () => {
    await using one = await newClone()
    await cloneUp({ folder: one.folder, env, servers: ['nats'] })
    const named = { ...env, NATS_URL: address((await one.status())['nats']) }
    await using other = await newClone()
    await cloneUp({ folder: other.folder, env: named, servers: ['nats'] })
    expect((await cloneStatus(other.folder, named))[1]).toMatchObject({
      state: 'running',
      origin: 'NATS_URL',
      pid: null,
    })
    await cloneWipe(other.folder)
    expect((await one.status())['nats']?.state).toBe('running')
  })

  it('leave nothing after wipe', async () => {
    await using clone = await newClone()
    await cloneUp({ folder: clone.folder, env, servers: ['postgres', 'nats'] })
    const { postgres } = await clone.status()
    await cloneWipe(clone.folder)
    expect([existsSync(clone.folder), existsSync(postgres?.data ?? '')]).toEqual([false, false])
    expect(processesOf(clone.folder)).toEqual([])
  })
})
