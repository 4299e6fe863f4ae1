import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithServer, freshDatabase, sharedServer } from '@roster/testing/servers'
import { openTeam, type OpenOptions } from 'roster/client'
import { expect, it } from 'vitest'
import { drive } from '../../src/desk/drive.ts'
import { incomingDocuments } from '../../src/desk/incoming.ts'
import { publishAll } from '../../src/desk/publish.ts'
import { scriptedPeople } from '../../src/desk/scripted-people.ts'
import desk from '../../src/team.ts'
import { storiesOf, type Story } from './stories.ts'

const workflows = new URL('../../src/workflows.ts', import.meta.url)
const inert = [new URL('../../src/model.ts', import.meta.url)]

describeWithServer('temporal', 'the desk', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    it(
      'leaves the same records on Temporal as in one process, but for ids and times',
      { timeout: 180_000 },
      async () => {
        const { url: address } = await sharedServer('temporal')
        const embedded = await run({})
        const taskQueue = `desk/${process.pid}`
        const onTemporal = await run({ temporal: { address, workflows, inert, taskQueue } })

        expect(Object.keys(onTemporal)).toHaveLength(18)
        expect(onTemporal).toEqual(embedded)
      },
    )
  })
})

/** Brings all documents to the desk, one after the other, and answers what the records say of each. */
async function run(options: Pick<OpenOptions, 'temporal'>): Promise<Readonly<Record<string, Story>>> {
  await using temporary = await mkdtempDisposable(join(tmpdir(), 'desk-'))
  const folder = temporary.path
  process.env['ROSTER_FOLDER'] = folder
  await using database = await freshDatabase()
  await using opened = await openTeam(desk, { folder, databaseUrl: database.url, by: 'test', ...options })
  const stories: Record<string, Story> = {}
  for (const document of await incomingDocuments([])) {
    const { records: after } = await opened.totals()
    const works = await publishAll(opened, [document], () => {})
    const idle = (): Promise<void> => opened.idle()
    const here = { operations: opened, hostedElsewhere: false, idle, [Symbol.asyncDispose]: () => Promise.resolve() }
    await drive({ desk: here, works, people: scriptedPeople, tell: () => {}, after })
    for (const { task } of works) stories[document.name] = await storiesOf(opened, task)
  }
  return stories
}
