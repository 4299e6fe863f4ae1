import { jetstreamManager } from '@nats-io/jetstream'
import { describeWithServer } from '@roster/testing/servers'
import { it } from 'vitest'

import { patienceMs, rounds } from './rounds.ts'
import { Trial } from './trial.ts'

describeWithServer('postgres', 'what JetStream keeps', () => {
  it('may lose its consumers under load', { timeout: patienceMs }, async () => {
    await using trial = await Trial.begin()
    const manager = await jetstreamManager(trial.customer.connection)
    let deleted = 0
    for (let round = 0; round < rounds(2, 20); round++) {
      const load = trial.want(40)
      await trial.busy()
      for await (const { name } of manager.consumers.list('ROSTER_MAILBOX')) {
        await manager.consumers.delete('ROSTER_MAILBOX', name)
        deleted += 1
      }
      await load
      await trial.calm()
    }
    await trial.conclude('consumers deleted', { deleted, reopened: trial.count('bus-consumer-reopened') })
  })

  it('may be deleted under load, and is made again', { timeout: patienceMs }, async () => {
    await using trial = await Trial.begin()
    const manager = await jetstreamManager(trial.customer.connection)
    let deleted = 0
    for (let round = 0; round < rounds(1, 10); round++) {
      const load = trial.want(60)
      await trial.busy()
      for (const name of ['ROSTER_MAILBOX', 'ROSTER_TASK', 'ROSTER_RECORD']) {
        await manager.streams.delete(name)
        deleted += 1
      }
      await load
      await trial.calm()
    }
    await trial.conclude('streams deleted', { deleted, reopened: trial.count('bus-consumer-reopened') })
  })
})
