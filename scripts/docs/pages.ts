// Run by itself it writes every page that is made from something else: node scripts/docs/pages.ts
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'

import { cliPage } from './cli-page.ts'
import { errorsPage } from './errors-page.ts'
import { inRoot } from './in-root.ts'
import { hasMarkers, transcluded } from './transclude.ts'

/** A page of which at least a part is made from something else. */
export interface Page {
  /** From the root of the checkout. */
  readonly path: string
  /** As it should be. */
  readonly text: string
}

/** Every page that is generated or shows a file. */
export async function pages(): Promise<readonly Page[]> {
  const showing = globSync(['README.md', 'docs/**/*.md'], { cwd: inRoot(), exclude: ['**/node_modules/**'] })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(inRoot(path), 'utf8') }))
    .filter(({ text }) => hasMarkers(text))
    .map(({ path, text }) => ({ path, text: transcluded(text) }))
  return [
    { path: 'docs/reference/cli.md', text: await cliPage() },
    { path: 'docs/reference/errors.md', text: errorsPage() },
    ...showing,
  ]
}

if (import.meta.main) {
  for (const { path, text } of await pages()) {
    const file = inRoot(path)
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    writeFileSync(file, text)
    process.stdout.write(`wrote ${path}\n`)
  }
}
