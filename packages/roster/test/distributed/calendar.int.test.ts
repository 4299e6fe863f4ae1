import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it, vi } from 'vitest'

import { openCoordinator, openHost, settingsOf } from '../../src/distributed.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { paid, shop } from './shop.ts'

describeWithServer('postgres', 'a team over PostgreSQL and NATS that has a calendar', () => {
  it(
    'publishes at its times, goes on where it stood under another coordinator, and rests while paused',
    { timeout: 240_000 },
    async () => {
      await using folder = await temporaryFolder()
      await using database = await freshDatabase()
      await using nats = await startNats()
      const given = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, leaseMs: 3000 }
      const team = shop(folder.path)
      const first = await openCoordinator(team, settingsOf({}, { ...given, name: 'first' }))
      await using host = await openHost(team, settingsOf({}, { ...given, name: 'host' }))
      expect(host.health().role).toBe('host')
      const order = { name: 'every-second', playbook: 'buy-ada', input: { order: 'milk' }, by: 'shop' }
      await first.createSchedule({ ...order, cron: '* * * * * *', overlap: 'allow' })
      const done = async (by: typeof first) => (await by.tasks({ status: 'done' })).length
      await vi.waitFor(async () => expect(await done(first)).toBeGreaterThan(1), { timeout: 60_000, interval: 200 })
      await first[Symbol.asyncDispose]()

      await using second = await openCoordinator(team, settingsOf({}, { ...given, name: 'second' }))
      const before = await done(second)
      await vi.waitFor(async () => expect(await done(second)).toBeGreaterThan(before + 1), {
        timeout: 60_000,
        interval: 200,
      })
      await second.pauseSchedule({ name: 'every-second', by: 'shop' })
      // Each second that was decided about has a task of its own: none is missing and none is there twice. One may still be on its way.
      const decided = async () =>
        (await second.log({ stream: 'shop/team', limit: 10_000 })).filter(
          ({ envelope }) => envelope.cause.type === 'schedule.due',
        ).length
      await vi.waitFor(
        async () => {
          const tasks = await second.tasks()
          expect(tasks.filter(({ status }) => status === 'done')).toHaveLength(tasks.length)
          expect(tasks).toHaveLength(await decided())
          expect(paid(folder.path).get('milk')?.size).toBe(tasks.length)
        },
        { timeout: 60_000, interval: 200 },
      )
      expect(await second.schedules()).toMatchObject([{ paused: true, next: null, by: 'shop', skipped: 0 }])
      expect(await second.verify()).toMatchObject({ verified: true })
    },
  )
})
