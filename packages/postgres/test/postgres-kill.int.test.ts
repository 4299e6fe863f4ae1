import { genesis, isRosterError, type AppendRequest, type SealedRecord } from '@roster/core'
import { appendRequest, newMessage } from '@roster/testing'
import { describeWithServer, startPostgres } from '@roster/testing/servers'
import { expect, it } from 'vitest'
import { postgresStore, type SqlStore } from '../src/index.ts'

const kills = 10
const lanes = 8
const acknowledgedBetween = 40

/** Appends a request; one that fails because the store is gone is sent again as it was. */
async function stored(store: SqlStore, request: AppendRequest): Promise<void> {
  for (;;) {
    try {
      const [result] = await store.append([request])
      expect(result?.kind).toMatch(/^(appended|duplicate)$/)
      return
    } catch (error) {
      if (!isRosterError(error, 'store-unavailable') || !error.retryable) throw error
    }
  }
}

/** Appends one stream until it is told to end. */
async function write(store: SqlStore, stream: string, acknowledged: Set<string>, isOver: () => boolean): Promise<void> {
  let after: SealedRecord | undefined
  while (!isOver()) {
    const id = `${stream} ${(after?.version ?? 0) + 1}`
    const cause = after === undefined ? { id: `start ${stream}` } : { id: `from ${after.id}` }
    const request = appendRequest({
      stream,
      after,
      cause,
      fence: null,
      pending: [newMessage(`from ${id}`, { stream })],
      envelope: { id },
    })
    await stored(store, request)
    acknowledged.add(id)
    after = request.record
  }
}

describeWithServer('postgres', 'a server that is killed', () => {
  it(
    `loses nothing that was acknowledged and doubles nothing, ${kills} times under load`,
    { timeout: 180_000 },
    async () => {
      await using server = await startPostgres()
      await using store = await postgresStore({ connectionString: server.url, tenant: 'acme' })
      const streams = Array.from({ length: lanes }, (_, lane) => `acme/agent/${lane}`)
      const pending = streams.map((stream) => newMessage(`start ${stream}`, { stream }))
      await store.accept({ client: 'client/test', key: 'start', answer: '{}', pending })

      const acknowledged = new Set<string>()
      let isOver = false
      const writing = Promise.all(streams.map((stream) => write(store, stream, acknowledged, () => isOver)))
      for (let kill = 1; kill <= kills; kill++) {
        const enough = acknowledged.size + acknowledgedBetween
        while (acknowledged.size < enough)
          await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, 5))])
        await server.kill()
        await server.restart()
      }
      isOver = true
      await writing

      const records = await store.readAll(0, 1_000_000)
      expect(records.map(({ position }) => position)).toEqual(records.map((_, index) => index + 1))
      expect(new Set(records.map(({ id }) => id))).toEqual(acknowledged)
      expect(records).toHaveLength(acknowledged.size)
      for (const stream of streams) {
        const chain = await store.read(stream)
        expect(chain.map(({ version, previousHash }) => [version, previousHash])).toEqual(
          chain.map((_, index) => [index + 1, chain[index - 1]?.hash ?? genesis]),
        )
        expect(await store.head(stream)).toMatchObject({ version: chain.length, hash: chain.at(-1)?.hash })
        expect((await store.pendingOf(stream)).map(({ id }) => id)).toEqual([`from ${chain.at(-1)?.id}`])
      }
    },
  )
})
