import { queryPostgres } from '@roster/servers'
import { describe, expect, it } from 'vitest'
import { describeWithServer, freshDatabase } from '../../src/servers.ts'

describe.each(['postgres', 'system-postgres'] as const)('a fresh database', (server) => {
  describeWithServer(server, `on ${server}`, () => {
    it('is empty, and gone afterwards', async () => {
      const database = await freshDatabase({ server })
      await queryPostgres(database.url, 'create table only_here (id int)')
      await using other = await freshDatabase({ server })
      await expect(queryPostgres(other.url, 'select * from only_here')).rejects.toThrow(/does not exist/)
      await database[Symbol.asyncDispose]()
      await expect(queryPostgres(database.url, 'select 1')).rejects.toThrow(/does not exist/)
    })
  })
})
