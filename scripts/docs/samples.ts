import { globSync, readFileSync } from 'node:fs'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { inRoot } from './in-root.ts'

/** A code block of a page that is a program: it begins with an import, and is no suite of tests, which needs a runner. */
export interface Sample {
  /** The page, from the root, and the line at which the block begins. */
  readonly place: string
  readonly code: string
  /** What it says it prints: the comment behind each `console.log`. */
  readonly prints: readonly string[]
}

/** Pages whose programs are run. */
const sampled = ['packages/{core,runtime,roster,testing}/README.md', 'docs/{tutorial,how-to}/*.md']

/** Every program on the pages, but those that a file holds: they have tests of their own. */
export function samples(): readonly Sample[] {
  return globSync(sampled, { cwd: inRoot() })
    .toSorted()
    .flatMap((page) => samplesOf(page, readFileSync(inRoot(page), 'utf8')))
}

function samplesOf(page: string, text: string): readonly Sample[] {
  return [...text.matchAll(/(?<!-->\s*)^```ts\n(import [\s\S]*?)^```$/gm)]
    .map(({ 1: code = '', index }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      code,
      prints: [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, comment = '']) => comment),
    }))
    .filter(({ code }) => !/^describe/m.test(code))
}

/** Makes a folder in which a program may import the packages of this workspace, and finds the newsroom beside it. */
export async function prepareFolder(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@roster'), { recursive: true })
  const links = globSync('packages/*/package.json', { cwd: inRoot() }).map((manifest) => {
    const { name } = JSON.parse(readFileSync(inRoot(manifest), 'utf8')) as { name: string }
    return [name, inRoot(dirname(manifest))] as const
  })
  const libraries = ['xstate', 'zod'].map((name) => [name, inRoot('packages', 'roster', 'node_modules', name)] as const)
  for (const [name, target] of [...links, ...libraries]) await symlink(target, join(modules, name))
  for (const file of globSync('docs/examples/newsroom/src/*', { cwd: inRoot() }))
    await cp(inRoot(file), join(folder, basename(file)), { recursive: true })
}
