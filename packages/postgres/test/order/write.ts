import { isRosterError, partitionOf, type AppendRequest, type Fence, type SealedRecord } from '@roster/core'
import { appendRequest, newMessage } from '@roster/testing'
import pg from 'pg'
import { appendArguments } from '../../src/append/append-arguments.ts'
import { encodedTexts } from '../../src/append/encoded.ts'
import { callText } from '../../src/database.ts'
import { postgresStore } from '../../src/index.ts'

/** One process of the torture of the order: four writers, which append through a store, in slow transactions, and in vain. */
const [url = '', name = '', fencesJson = '[]', appends = '0'] = process.argv.slice(2)
const fences = new Map((JSON.parse(fencesJson) as Fence[]).map((fence) => [fence.partition, fence]))
const store = await postgresStore({ connectionString: url, tenant: 'acme', migrate: false })
let stored = 0

async function write(lane: number): Promise<void> {
  const stream = `acme/agent/${name}-${lane}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let after: SealedRecord | undefined
  for (let turn = 1; turn <= Number(appends); turn++) {
    const id = `${stream} ${turn}`
    const fence = fences.get(partitionOf(stream)) ?? null
    const pending = [newMessage(`from ${id}`, { stream })]
    const cause = after === undefined ? null : { id: `from ${after.id}` }
    const request = appendRequest({ stream, after, cause, fence, pending, envelope: { id } })
    const args = appendArguments('acme', [{ request, texts: encodedTexts(request), broken: false }])
    const way = (turn * 7 + lane * 3) % 10
    if (way < 3) {
      // In a transaction that stays open for a while, three in ten of them given up.
      await client.query('begin')
      await client.query(callText('append', args.length), [...args])
      await client.query('select pg_sleep($1)', [((turn * 13) % 9) / 1000])
      await client.query(way === 0 ? 'rollback' : 'commit')
      if (way === 0) continue
    } else {
      await append(request)
    }
    after = request.record
    stored += 1
  }
  await client.end()
}

/** Appends as whoever has nowhere else to go: an outcome that is unknown after all the store's own attempts is asked for again. */
async function append(request: AppendRequest): Promise<void> {
  for (;;) {
    try {
      const [result] = await store.append([request])
      if (result?.kind === 'appended' || (await store.readRecord(request.record.id)) !== undefined) return
      throw new Error(`${request.record.id}: ${JSON.stringify(result)}`)
    } catch (error) {
      if (!isRosterError(error) || !error.retryable) throw error
    }
  }
}

await Promise.all([0, 1, 2, 3].map(write))
await store[Symbol.asyncDispose]()
process.stdout.write(`${stored}\n`)
