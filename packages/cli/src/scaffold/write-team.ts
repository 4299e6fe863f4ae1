import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { CommandError, usageError } from '../failure/command-error.ts'
import { references } from './references.ts'
import { templateFiles } from './template.ts'

/** Writes a new team into a folder that is empty or does not exist yet; answers the paths that it wrote. */
export async function writeTeam(folder: string): Promise<readonly string[]> {
  if (existsSync(folder) && (await entriesOf(folder)).some((entry) => entry !== '.git')) {
    throw usageError(
      `${folder} is not empty`,
      'dir',
      'Name a folder that is empty or does not exist: nothing is overwritten.',
    )
  }
  const files = await templateFiles({ ...(await references()), name: packageName(folder) })
  try {
    for (const { path, text } of files) {
      const file = join(folder, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text, { flag: 'wx' })
    }
  } catch (cause) {
    throw new CommandError(
      'file-not-written',
      `${folder} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        path: 'dir',
        hint: 'Name a place that can be written and has room.',
        cause,
      },
    )
  }
  return files.map(({ path }) => path)
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch(() => {
    throw usageError(`${folder} is no folder`, 'dir', 'Name a folder that is empty or does not exist.')
  })
}

/** A folder's name as npm takes it. */
export function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-_.]+/g, '-')
    .replace(/^[-_.]+/, '')
  return name === '' ? 'team' : name
}
