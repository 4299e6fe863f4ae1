import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

import { openTeam, readHistory, verifyExport, type Exported, type Verification } from '../../src/client.ts'
import { newsroom } from '../newsroom.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'

interface Database {
  query(text: string): Promise<unknown>
  close(): Promise<void>
}

/** The database itself, as somebody opens it who has the folder: the one that the store stands on. */
const { PGlite } = createRequire(createRequire(import.meta.url).resolve('@roster/postgres/package.json'))(
  '@electric-sql/pglite',
) as { readonly PGlite: { create(folder: string): Promise<Database> } }

/** A column of the records table, what it is set to, and the field that verification names. Each is changed in another record. */
const changes: readonly (readonly [column: string, value: string, field: string])[] = [
  ['stream', "'newsroom/agent/nobody'", 'stream'],
  ['version', 'version + 50', 'version'],
  ['id', "'another'", 'id'],
  ['correlation_id', "'another'", 'correlationId'],
  ['kind', "'refused'", 'kind'],
  ['at', 'at + 1', 'at'],
  ['envelope', `replace(envelope, '"schema":1', '"schema":2')`, 'envelope'],
  ['body', "body || ' '", 'body'],
  ['salt', "salt || '0'", 'body'],
  ['previous_hash', "repeat('1', 64)", 'previousHash'],
  ['hash', "repeat('1', 64)", 'envelope'],
]

let untouched: Exported
let tampered: Exported
let found: Verification

beforeAll(async () => {
  await using folder = await temporaryFolder()
  const options = { folder: folder.path, by: 'test' }
  const first = await openTeam(newsroom, options)
  const brief = { playbook: 'brief', input: { topic: 'tides' }, idempotencyKey: '1', requester: 'me' }
  await first.settled((await first.publish(brief)).task, 20_000)
  await first[Symbol.asyncDispose]()
  untouched = (await readHistory(newsroom, options)) ?? nothing()
  const database = await PGlite.create(join(folder.path, 'store', 'postgres'))
  for (const [index, [column, value]] of changes.entries())
    await database.query(`update roster.records set ${column} = ${value} where position = ${index + 2}`)
  await database.query('update roster.records set position = position + 100 where position = 14')
  await database.query("update roster.records set tenant = 'another' where position = 16")
  await database.close()
  const second = await openTeam(newsroom, options)
  found = await second.verify()
  await second[Symbol.asyncDispose]()
  tampered = (await readHistory(newsroom, options)) ?? nothing()
}, 120_000)

function nothing(): never {
  throw new Error('the folder has no history')
}

describe('a record that was changed in the database', () => {
  it.for(changes.map(([column, , field], index) => ({ column, field, position: index + 2 })))(
    'in its $column is named, with the field $field',
    ({ field, position }) => {
      expect(found.verified).toBe(false)
      expect(found.problems).toContainEqual(expect.objectContaining({ position, field }))
    },
  )

  it.for([
    { column: 'position', next: 15 },
    { column: 'tenant', next: 17 },
  ])('in its $column is missed where it was', ({ next }) => {
    expect(found.problems).toContainEqual(expect.objectContaining({ code: 'position-gap', position: next }))
  })

  it('is found by whoever reads the folder without a team at work, too', () => {
    const { problems } = verifyExport(tampered)
    expect(problems).toContainEqual(expect.objectContaining({ position: 8, code: 'hash-broken' }))
  })
})

it('a folder that nobody touched verifies, with the checkpoint that was signed when it was closed', () => {
  expect(verifyExport(untouched)).toMatchObject({ verified: true, checkpoints: 1, problems: [] })
})
