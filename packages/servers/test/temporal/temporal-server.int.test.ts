import { describeWithServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'
import { startTemporal } from '../../src/index.ts'

describeWithServer('temporal', 'a Temporal server of a suite', () => {
  it('tells its version', async () => {
    await using server = await startTemporal({ searchAttributes: { Tenant: 'Keyword' } })
    expect(server.version).toMatch(/^1\.\d+\.\d+$/)
  })
})
