import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { documentManifest, type DocumentEntry } from '../documents/manifest.ts'
import { shippedPath } from '../documents/shipped.ts'
import { pathFrom } from './state-folder.ts'
import { UsageError } from './usage-error.ts'

/** A document that comes in, with what is expected of it if it ships with the desk. */
export interface Incoming {
  readonly name: string
  readonly path: string
  readonly message: string | null
  readonly expected: DocumentEntry['expected'] | null
}

/** The documents that ship with the desk, in the order in which they arrive, and those of the command line. */
export async function incomingDocuments(paths: readonly string[]): Promise<readonly Incoming[]> {
  const shipped = documentManifest.documents.map(({ file, message, expected }) => {
    return { name: file, path: shippedPath(file), message, expected }
  })
  const given = await Promise.all(paths.map(givenDocument))
  return [...shipped, ...given]
}

async function givenDocument(given: string): Promise<Incoming> {
  const path = pathFrom(given)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true) throw new UsageError(`there is no file ${given}`, 'give the path of a UBL invoice')
  return { name: basename(path), path, message: null, expected: null }
}

/** The content of a document, as the store keeps it. */
export async function contentOf({ path }: Incoming): Promise<Buffer> {
  return await readFile(path)
}
