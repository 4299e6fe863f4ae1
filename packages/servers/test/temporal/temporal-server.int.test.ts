import { describeWithServer, sharedServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { startTemporal } from '../../src/index.ts'
import { findOrObtain, run } from './temporal-program.ts'

describeWithServer('temporal', 'a Temporal server of a suite', () => {
  it('is shared by those who only use it', async () => {
    expect((await sharedServer('temporal')).version).toMatch(/^1\.\d+\.\d+$/)
  })

  it('has the search attributes that were asked for, and keeps workflows when it is killed and started again', async () => {
    await using server = await startTemporal({ searchAttributes: { Tenant: 'Keyword' } })
    const temporal = await findOrObtain()
    const at = ['--address', server.url, '--output', 'json']
    expect(await run(temporal, ['operator', 'search-attribute', 'list', ...at])).toMatch(/"Tenant"/)
    const start = ['--type', 'none', '--task-queue', 'none', '--workflow-id', 'task-1']
    await run(temporal, ['workflow', 'start', ...start, ...at])
    await server.kill()
    await server.restart()
    expect(await run(temporal, ['workflow', 'describe', '--workflow-id', 'task-1', ...at])).toMatch(/RUNNING/)
  })

  it('says what the server printed when it cannot start', async () => {
    await expect(
      startTemporal({ searchAttributes: { 'no name': 'Keyword', Tenant: 'Number' as 'Int' } }),
    ).rejects.toThrow(/search attribute/i)
  })
})
