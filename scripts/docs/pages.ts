import { globSync, readFileSync } from 'node:fs'

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
export function pages(): readonly Page[] {
  const showing = globSync('docs/**/*.md', { cwd: inRoot(), exclude: ['**/node_modules/**'] })
    .map((path) => ({ path, text: readFileSync(inRoot(path), 'utf8') }))
    .filter(({ text }) => hasMarkers(text))
    .map(({ path, text }) => ({ path, text: transcluded(text) }))
  return [{ path: 'docs/reference/errors.md', text: errorsPage() }, ...showing]
}
