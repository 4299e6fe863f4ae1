import { readFileSync } from 'node:fs'

import { inRoot } from './in-root.ts'

/** Where the files are that pages show. */
const shown = 'docs/examples/newsroom/src'

/** `<!-- team.ts -->`, then a code block. What follows the block is left alone, a closing marker too. */
const block = /(<!-- ((?!\/)[\w./-]+\.\w+) -->\s*```\w*\n)([\s\S]*?)(?=^```$)/gm

/** A page with every marked code block as its file is now. */
export function transcluded(page: string): string {
  return page.replace(block, (_, opening: string, file: string) => opening + readFileSync(inRoot(shown, file), 'utf8'))
}

/** Whether a page shows any file. */
export function hasMarkers(page: string): boolean {
  return new RegExp(block.source, 'm').test(page)
}
