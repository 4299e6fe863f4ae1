import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The team that `roster init` begins with: the files of a package of its own. */
const folder = fileURLToPath(new URL('../../template', import.meta.url))

/** A file of a new team: its path in it, with forward slashes, and its text. */
export interface TemplateFile {
  readonly path: string
  readonly text: string
}

/** The files of the template, with their words in place. */
export async function templateFiles(words: Readonly<Record<string, string>>): Promise<readonly TemplateFile[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.toSorted().map(async (file) => ({ path: nameOf(file), text: filled(await readFile(file, 'utf8'), words) })),
  )
}

/** `.gitignore` has another name in the template: packing a package would leave it out. */
function nameOf(file: string): string {
  const path = relative(folder, file).split(sep).join('/')
  return path === 'gitignore' ? '.gitignore' : path
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{([^}\s]+)\}\}/g, (whole, word: string) => words[word] ?? whole)
}
