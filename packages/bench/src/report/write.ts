import { mkdir, readFile, writeFile } from 'node:fs/promises'

import { markdown } from './markdown.ts'
import { merged, type Report } from './report.ts'

const folder = new URL('../../../../docs/reference/', import.meta.url)
const file = new URL('performance.json', folder)

/** Writes what a run measured into `performance.json`, beside what other groups had, and `performance.md` from all of it. */
export async function write(run: Report, order: readonly string[]): Promise<void> {
  const before = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => undefined,
  )
  const report = merged(before, run, order)
  await mkdir(folder, { recursive: true })
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`)
  await writeFile(new URL('performance.md', folder), markdown(report))
}
