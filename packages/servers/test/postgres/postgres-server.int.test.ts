import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describeWithServer } from '@roster/testing/servers'
import { queryPostgres, startPostgres } from '../../src/index.ts'
import { processesOf } from '../process/processes-of.ts'

describeWithServer('postgres', 'a PostgreSQL of a suite', () => {
  it('is the pinned version, with fsync on', async () => {
    await using server = await startPostgres()
    expect(server.version).toMatch(/^18\./)
    expect(await queryPostgres(server.url, 'show fsync')).toEqual([{ fsync: 'on' }])
  })

  it('keeps what was committed when it is killed and started again', async () => {
    await using server = await startPostgres()
    await queryPostgres(server.url, 'create table kept as select 7 as number')
    await server.kill('SIGKILL')
    await expect(queryPostgres(server.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
    await server.restart()
    expect(await queryPostgres(server.url, 'select number from kept')).toEqual([{ number: 7 }])
  })

  it.runIf(process.platform === 'linux')('leaves no process and no file behind', async () => {
    const server = await startPostgres()
    const [{ data_directory: data } = {}] = await queryPostgres(server.url, 'show data_directory')
    expect(processesOf(String(data))).not.toEqual([])
    await server[Symbol.asyncDispose]()
    expect(processesOf(String(data))).toEqual([])
    expect(() => readdirSync(String(data))).toThrow(/ENOENT/)
  })

  it.runIf(process.platform === 'linux')('ends with the process that started it, even one that is killed', async () => {
    const owner = fork(new URL('./hold-postgres.ts', import.meta.url), { execArgv: [] })
    const [data] = (await once(owner, 'message')) as [string]
    expect(processesOf(data)).not.toEqual([])
    owner.kill('SIGKILL')
    await expect.poll(() => [processesOf(data), existsSync(data)], { timeout: 60_000 }).toEqual([[], false])
  })

  it('says what the server printed when it cannot start', async () => {
    await expect(startPostgres({ settings: { shared_buffers: 'much' } })).rejects.toThrow(
      /invalid value for parameter "shared_buffers"/,
    )
  })
})
