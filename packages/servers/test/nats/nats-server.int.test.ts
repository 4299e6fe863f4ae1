import { describeWithServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'
import { startNats } from '../../src/index.ts'

describeWithServer('nats', 'a NATS server of a suite', () => {
  it('is recent enough for the bus', async () => {
    await using server = await startNats()
    expect(server.version).toMatch(/^2\.(1[1-9]|[2-9]\d)\./)
  })
})
