// Writes every page of the documentation that is made from something else: node scripts/docs/write.ts
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'

import { inRoot } from './in-root.ts'
import { pages } from './pages.ts'

for (const { path, text } of pages()) {
  const file = inRoot(path)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  writeFileSync(file, text)
  process.stdout.write(`wrote ${path}\n`)
}
