import { join } from 'node:path'

import { describeWithServer, freshDatabase, startNats } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import { connectBus } from '../../src/client.ts'
import { openCoordinator, openHost, settingsOf } from '../../src/distributed.ts'
import { keysOperations } from '../../src/keys.ts'
import { newsroom } from '../newsroom.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { paid, shop } from './shop.ts'

// oxlint-disable-next-line roster/no-ambient -- the server compares credentials with the clock of the machine
const clock = { now: () => Date.now() }

describeWithServer('postgres', 'a program that connects over the bus', () => {
  it(
    'publishes under its own credential, and hears every end although the bus dies',
    { timeout: 240_000 },
    async () => {
      await using folder = await temporaryFolder()
      await using database = await freshDatabase()
      const keys = keysOperations({ folder: folder.path, clock })
      await keys.init({ tenant: 'shop' })
      await using nats = await startNats({ config: await keys.config(join(folder.path, 'nats-accounts')) })
      const places = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, leaseMs: 3000 }
      const team = shop(folder.path)
      await using _coordinator = await openCoordinator(team, settingsOf({}, { ...places, name: 'coordinator' }))
      await using _host = await openHost(team, settingsOf({}, { ...places, name: 'host' }))
      const issue = (publish: string) => keys.issue({ name: 'web', team: 'shop', publish: [publish], seconds: 600 })
      const { file } = await issue('buy-ada')
      const places2 = { url: nats.url, as: 'web', credentials: () => file, againAfterMs: 500 }
      await using web = await connectBus(team, places2)
      const buy = (order: string) => web.publish('buy-ada', { order }, { idempotencyKey: order })
      const tasks = await Promise.all(Array.from({ length: 20 }, (_, index) => buy(`o-${index}`)))
      await tasks[0]?.id()
      await nats.kill('SIGKILL')
      const meanwhile = Array.from({ length: 5 }, (_, index) => buy(`late-${index}`))
      await nats.restart()
      const all = [...tasks, ...(await Promise.all(meanwhile))]
      for (const task of all) expect(await task.result()).toMatchObject({ receipt: expect.any(String) })
      expect(new Set(await Promise.all(all.map((task) => task.id()))).size).toBe(25)
      expect([...paid(folder.path).values()].map((calls) => calls.size)).toEqual(all.map(() => 1))
      const again = await buy('o-0')
      expect(await again.id()).toBe(await tasks[0]?.id())
      expect(await again.result()).toEqual(await tasks[0]?.result())
    },
  )

  it('is told what refused its task', { timeout: 240_000 }, async () => {
    await using folder = await temporaryFolder()
    await using database = await freshDatabase()
    await using nats = await startNats()
    const places = { databaseUrl: database.url, natsUrl: nats.url, folder: folder.path, leaseMs: 3000 }
    await using _coordinator = await openCoordinator(newsroom, settingsOf({}, { ...places, name: 'coordinator' }))
    await using _host = await openHost(newsroom, settingsOf({}, { ...places, name: 'host' }))
    await using web = await connectBus(newsroom, { url: nats.url, as: 'web' })
    const task = await web.publish('brief', { topic: 'x'.repeat(201) }, { idempotencyKey: 'too long' })
    await expect(task.result()).rejects.toMatchObject({ code: 'input-invalid', path: expect.stringContaining('topic') })
    await expect(connectBus(newsroom, { url: '', as: 'web' })).rejects.toMatchObject({ code: 'usage' })
  })
})
