import { describeWithServer } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import { patienceMs, rounds } from './rounds.ts'
import { Trial } from './trial.ts'

describeWithServer('postgres', 'a NATS server that is killed', () => {
  it('and started again under load loses nothing', { timeout: patienceMs }, async () => {
    await using trial = await Trial.begin()
    const kills = rounds(3, 30)
    for (let kill = 0; kill < kills; kill++) {
      const load = trial.want(30)
      await trial.busy()
      await trial.nats.kill('SIGKILL')
      await trial.want(10)
      await trial.nats.restart()
      await load
      await trial.calm()
    }
    await trial.conclude(`NATS killed ${kills} times`, { kills, disconnections: trial.count('bus-disconnected') })
  })

  it('and whose store is wiped under load loses nothing', { timeout: patienceMs }, async () => {
    await using trial = await Trial.begin()
    const wipes = rounds(1, 10)
    for (let wipe = 0; wipe < wipes; wipe++) {
      const load = trial.want(60)
      await trial.busy()
      await trial.nats.kill('SIGKILL')
      await trial.wipeStreams()
      await trial.want(10)
      await trial.nats.restart()
      await load
      await trial.calm()
    }
    // Work goes on meanwhile: what the bus does not bring, the store does. That a consumer is gone shows when its server is silent.
    const reopened = (): number => trial.count('bus-consumer-reopened')
    await vi.waitFor(() => expect(reopened()).toBeGreaterThan(0), { timeout: 240_000, interval: 100 })
    await trial.conclude(`NATS wiped ${wipes} times`, { wipes, reopened: reopened() })
  })
})
