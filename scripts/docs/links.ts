import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { inRoot } from './in-root.ts'

const exclude = ['**/node_modules/**']

/** Every page under `docs/` and in the packages, from the root. */
export function allPages(): readonly string[] {
  return globSync(['docs/**/*.md', 'packages/*/*.md'], { cwd: inRoot(), exclude }).toSorted()
}

/** Links of a page to files and headings that are not there. */
export function brokenLinks(path: string): readonly string[] {
  const links = [...withoutCode(readFileSync(inRoot(path), 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to = '']) => to,
  )
  return links.filter((to) => !/^[a-z]+:/.test(to) && !leadsSomewhere(path, to))
}

function leadsSomewhere(page: string, to: string): boolean {
  const [file = '', heading] = to.split('#')
  const target = file === '' ? page : join(dirname(page), file)
  if (!existsSync(inRoot(target))) return false
  return heading === undefined || headingsOf(readFileSync(inRoot(target), 'utf8')).includes(heading)
}

function headingsOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '')
}
