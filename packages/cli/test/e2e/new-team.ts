import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { roster } from './roster-process.ts'

const packages = join(import.meta.dirname, '../../..')
const requireOfRoster = createRequire(join(packages, 'roster/package.json'))

/** A team that `roster init` made outside this repository, with links in place of what npm would install. */
export async function newTeam(): Promise<AsyncDisposable & { readonly path: string }> {
  const parent = await mkdtemp(join(tmpdir(), 'roster-e2e-'))
  const path = join(parent, 'desk')
  const { code, err } = await roster(parent, 'init', 'desk')
  if (code !== 0) throw new Error(`roster init ended with ${code}: ${err}`)
  const modules = join(path, 'node_modules')
  await mkdir(modules)
  await symlink(join(packages, 'roster'), join(modules, 'roster'))
  await symlink(dirname(requireOfRoster.resolve('zod/package.json')), join(modules, 'zod'))
  return { path, [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }) }
}
