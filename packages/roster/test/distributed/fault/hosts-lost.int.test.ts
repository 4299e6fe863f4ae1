import { describeWithServer } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import { patienceMs, rounds } from './rounds.ts'
import { leaseMs, Trial } from './trial.ts'

describeWithServer('postgres', 'a host', () => {
  it(
    'that is paused past its lease loses its partitions within twice the lease, and what it does then is refused',
    { timeout: patienceMs },
    async () => {
      await using trial = await Trial.begin()
      let longest = 0
      let lost = 0
      const pauses = rounds(1, 10)
      for (let pause = 0; pause < pauses; pause++) {
        // A host of this round is there to be paused: it is stopped afterwards, so that the next one finds partitions that are free.
        const [paused, other] = trial.hosts
        if (paused === undefined || other === undefined) throw new Error('there are two hosts')
        await trial.shared()
        const lostBefore = paused.count('partitions-lost')
        const gained = other.count('partitions-gained')
        const load = trial.want(50)
        await trial.busy()
        paused.signal('SIGSTOP')
        const since = performance.now()
        await vi.waitFor(() => expect(other.count('partitions-gained')).toBeGreaterThan(gained), {
          timeout: 60_000,
          interval: 20,
        })
        longest = Math.max(longest, Math.round(performance.now() - since))
        await trial.want(20)
        paused.signal('SIGCONT')
        await vi.waitFor(() => expect(paused.count('partitions-lost')).toBeGreaterThan(lostBefore), { timeout: 60_000 })
        await load
        await trial.calm()
        lost += paused.count('partitions-lost')
        if (pause + 1 < pauses) trial.hosts = await trial.freshHosts()
      }
      await trial.conclude(`a host paused ${pauses} times`, { pauses, takenOverAfterMs: longest, lost })
      expect(longest).toBeLessThan(2 * leaseMs)
    },
  )

  it(
    'after the other is killed under load, and then itself, leaves everything to those that are started',
    { timeout: patienceMs },
    async () => {
      await using trial = await Trial.begin()
      let killed = 0
      for (let round = 0; round < rounds(1, 10); round++) {
        const load = trial.want(50)
        await trial.busy()
        for (const host of trial.hosts) {
          expect(await host.end('SIGKILL')).toBeNull()
          killed += 1
        }
        await trial.want(20)
        trial.hosts = await Promise.all([trial.startHost(), trial.startHost()])
        await load
        await trial.calm()
      }
      await trial.conclude(`${killed} hosts killed`, { killed })
    },
  )

  it('that is told to stop drains under load, and exits in order', { timeout: patienceMs }, async () => {
    await using trial = await Trial.begin()
    const load = trial.want(50)
    await trial.busy()
    const [first] = trial.hosts
    expect(await first?.end('SIGTERM')).toBe(0)
    await load
    await trial.conclude('a host drained', { drained: 1, partitions: trial.count('partitions-gained') })
  })
})
