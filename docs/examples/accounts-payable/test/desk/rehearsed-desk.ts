import { readFile } from 'node:fs/promises'
import { rehearse, type PersonScript, type Rehearsal } from 'roster/testing'
import type { InboxItem } from 'roster/client'
import { incomingDocuments } from '../../src/desk/incoming.ts'
import { people as script } from '../../src/desk/people-script.ts'
import { assess, type Assessment } from '../../src/desk/report/assess.ts'
import type { Work } from '../../src/desk/work.ts'
import { scriptedClerk } from '../../src/model/scripted-clerk.ts'
import desk from '../../src/team.ts'

const byScript = (item: InboxItem) => (script(item) === 'approved' ? 'approve' : 'decline')

export type RehearsedDesk = Rehearsal<typeof desk>

/** The desk in virtual time, with its books in a folder and its people played by their script, or all in one way. */
export async function rehearsedDesk(
  folder: string,
  mistakes = { errors: 0, seed: 1 },
  people: PersonScript = byScript,
): Promise<Rehearsal<typeof desk>> {
  process.env['ROSTER_FOLDER'] = folder
  const everybody = { controller: people, 'chief-financial-officer': people }
  return await rehearse(desk, { model: scriptedClerk(mistakes), people: everybody })
}

/** Gives the desk documents by their paths, or all that ship with it. */
export async function given(run: Rehearsal<typeof desk>, paths?: readonly string[]): Promise<readonly Work[]> {
  const shipped = await incomingDocuments(paths ?? [])
  const incoming = paths === undefined ? shipped : shipped.slice(-paths.length)
  const works: Work[] = []
  for (const document of incoming) {
    const base64 = (await readFile(document.path)).toString('base64')
    const reference = await run.operations.keepDocument({ name: document.name, base64 })
    const message = document.message === null ? {} : { message: document.message }
    const { id } = await run.publish(
      'pay-invoice',
      { document: reference, ...message },
      { idempotencyKey: reference.hash },
    )
    works.push({ task: id, known: false, incoming: document, hash: reference.hash })
  }
  await run.idle()
  return works
}

/** All shipped documents from the first to the assessment. */
export async function wholeDesk(
  folder: string,
  mistakes?: { readonly errors: number; readonly seed: number },
): Promise<Assessment> {
  await using run = await rehearsedDesk(folder, mistakes)
  const works = await given(run)
  const dispose = () => Promise.resolve()
  const rehearsed = {
    operations: run.operations,
    hostedElsewhere: false,
    idle: run.idle,
    [Symbol.asyncDispose]: dispose,
  }
  return await assess({ desk: rehearsed, works, folder, scripted: true })
}
