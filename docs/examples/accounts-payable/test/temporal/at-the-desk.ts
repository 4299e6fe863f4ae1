import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from '@roster/testing/servers'
import type { Operations } from 'roster/client'
import { drive } from '../../src/desk/drive.ts'
import { incomingDocuments } from '../../src/desk/incoming.ts'
import { publishAll } from '../../src/desk/publish.ts'
import { scriptedPeople } from '../../src/desk/scripted-people.ts'
import { storiesOf, type Story } from './stories.ts'

/** Where a desk is opened. */
export interface Place {
  readonly folder: string
  readonly databaseUrl: string
}

/** A desk that is open. */
export interface Open extends AsyncDisposable {
  readonly operations: Operations
  readonly idle: () => Promise<void>
}

/** Brings all documents to a desk of its own, one after the other, and answers what the records say of each. */
export async function atTheDesk(open: (place: Place) => Promise<Open>): Promise<Readonly<Record<string, Story>>> {
  await using temporary = await mkdtempDisposable(join(tmpdir(), 'desk-'))
  const folder = temporary.path
  process.env['ROSTER_FOLDER'] = folder
  await using database = await freshDatabase()
  await using opened = await open({ folder, databaseUrl: database.url })
  const { operations, idle } = opened
  const desk = { operations, hostedElsewhere: false, idle, [Symbol.asyncDispose]: () => Promise.resolve() }
  const stories: Record<string, Story> = {}
  for (const document of await incomingDocuments([])) {
    const { records: after } = await operations.totals()
    const works = await publishAll(operations, [document], () => {})
    await drive({ desk, works, people: scriptedPeople, tell: () => {}, after })
    for (const { task } of works) stories[document.name] = await storiesOf(operations, task)
  }
  return stories
}
