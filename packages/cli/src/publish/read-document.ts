import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'

import { CommandError } from '../failure/command-error.ts'

/** The largest document, in bytes: 64 MB. */
const maxDocumentBytes = 64 * 1024 * 1024

export interface Document {
  readonly name: string
  readonly base64: string
}

/** Reads a file as a document, whatever is in it: what it means is the team's to say. */
export async function readDocument(cwd: string, file: string): Promise<Document> {
  const path = resolve(cwd, file)
  const found = await stat(path).catch((cause: unknown) => {
    throw new CommandError('file-not-found', `there is no file ${file}`, {
      path: '--file',
      hint: 'Give the path of an existing file.',
      cause,
    })
  })
  if (!found.isFile())
    throw new CommandError('file-not-found', `${file} is no file`, {
      path: '--file',
      hint: 'Give the path of one file; publish several one by one.',
    })
  if (found.size > maxDocumentBytes) {
    throw new CommandError(
      'document-too-large',
      `${file} has ${found.size} bytes, and a document may have ${maxDocumentBytes}`,
      {
        path: '--file',
        hint: 'Give a smaller document, or its parts one by one.',
      },
    )
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CommandError('file-not-found', `${file} cannot be read`, {
      path: '--file',
      hint: 'Make it readable.',
      cause,
    })
  })
  return { name: basename(path), base64: bytes.toString('base64') }
}
