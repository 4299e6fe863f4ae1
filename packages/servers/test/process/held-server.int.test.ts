import { fork } from 'node:child_process'
import { once } from 'node:events'

import { describeWithServer } from '@roster/testing/servers'
import { describe, expect, it } from 'vitest'

import { natsVersion } from '../../src/nats/nats-version.ts'
import { temporalVersion } from '../../src/temporal/temporal-version.ts'

const versionOf = { nats: natsVersion, temporal: temporalVersion } as const

describe.each(['nats', 'temporal'] as const)('a held server', (name) => {
  describeWithServer(name, `of ${name}`, () => {
    it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('ends with a process that is ended by %s', async (signal) => {
      const owner = fork(new URL('./hold-server.ts', import.meta.url), [name], { execArgv: [] })
      const [url] = (await once(owner, 'message')) as [string]
      expect(await versionOf[name](url)).toMatch(/^\d+\.\d+/)
      owner.kill(signal)
      await expect.poll(() => versionOf[name](url).catch(String), { timeout: 60_000 }).toMatch(/ECONNREFUSED/)
    })
  })
})
