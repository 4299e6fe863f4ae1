import { readFile } from 'node:fs/promises'

import type { Exported } from 'roster/client'

import { CommandError, usageError } from '../failure/command-error.ts'

/** Reads a file that `roster export` wrote; `option` is where it was named. */
export async function readExport(path: string, option: string): Promise<Exported> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new CommandError('file-not-found', `${path} cannot be read`, {
      path: option,
      hint: 'Give a file that `roster export --out <file>` wrote.',
      cause,
    })
  }
  try {
    const value = JSON.parse(text) as Partial<Exported> | null
    if (value?.format === 'roster.export.1' && Array.isArray(value.records) && Array.isArray(value.heads))
      return value as Exported
  } catch {
    // The same answer as for a file of another form.
  }
  throw usageError(`${path} is no export that this version can read`, option, 'Its "format" must be "roster.export.1".')
}
