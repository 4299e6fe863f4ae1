import { jetstreamManager } from '@nats-io/jetstream'
import { headers } from '@nats-io/transport-node'
import { describeWithServer } from '@roster/testing/servers'
import { it } from 'vitest'

import { patienceMs, rounds } from './rounds.ts'
import { Trial } from './trial.ts'

describeWithServer('postgres', 'a bus that repeats and reorders', () => {
  it('makes nothing happen twice', { timeout: patienceMs }, async () => {
    await using trial = await Trial.begin()
    const { connection } = trial.customer
    let repeated = 0
    // Whatever is published comes two more times, under numbers of its own: at once, and after others that were sent later.
    connection.subscribe('roster.mail.>', {
      callback: (_, { subject, data, headers: heard }) => {
        const id = heard?.get('Nats-Msg-Id') ?? ''
        if (id.includes('echo')) return
        for (const [echo, delayMs] of [
          [1, 0],
          [2, 50 + ((repeated * 37) % 400)],
        ] as const) {
          const own = headers()
          own.set('Nats-Msg-Id', `${id} echo ${echo}`)
          setTimeout(() => {
            if (!connection.isClosed()) connection.publish(subject, data, { headers: own })
          }, delayMs)
          repeated += 1
        }
      },
    })
    for (let round = 0; round < rounds(1, 20); round++) {
      await trial.want(80)
      await trial.calm()
    }
    await trial.conclude('everything repeated', { repeated })
  })

  it('because acknowledgements are too late makes nothing happen twice', { timeout: patienceMs }, async () => {
    // Under load an append takes longer: much of what comes is brought again before it can be acknowledged.
    await using trial = await Trial.begin({ env: { ROSTER_ACKNOWLEDGE_MS: '50' } })
    for (let round = 0; round < rounds(1, 20); round++) {
      await trial.want(80)
      await trial.calm()
    }
    const manager = await jetstreamManager(trial.customer.connection)
    let delivered = 0
    for await (const { delivered: counted } of manager.consumers.list('ROSTER_MAILBOX'))
      delivered += counted.consumer_seq
    const { state } = await manager.streams.info('ROSTER_MAILBOX')
    await trial.conclude('acknowledged too late', { published: state.last_seq, again: delivered - state.last_seq })
  })
})
