import type { Json } from 'roster'
import type { DocumentReference } from 'roster/client'

import type { Call } from '../command/call.ts'
import { readDocument, type Document } from './read-document.ts'
import { readInput, withDocument } from './read-input.ts'

export interface Prepared {
  readonly document: Document | undefined
  /** The task's input, once it is known under which reference the document is kept. */
  readonly input: (reference: DocumentReference | undefined) => Json
}

/** Reads all that a command line gives to a task, before anything is opened: what is wrong with it is known at once. */
export async function prepare({
  options,
  world: { cwd, terminal },
}: Call<{ readonly file?: string; readonly input?: string }>): Promise<Prepared> {
  const given = options.input === undefined ? undefined : await readInput(options.input, { cwd, stdin: terminal.input })
  const document = options.file === undefined ? undefined : await readDocument(cwd, options.file)
  if (document !== undefined) withDocument(given, null)
  return {
    document,
    input: (reference) => (reference === undefined ? (given ?? {}) : withDocument(given, { ...reference })),
  }
}
