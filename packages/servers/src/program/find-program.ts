import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

import type { PinnedProgram } from './pinned-program.ts'
import type { Program } from './program.ts'
import { runProgram } from './run-program.ts'
import { isAtLeast, versionIn } from './version.ts'

/** What a look around this machine found: a program that will do, and those that are too old. */
export interface Found {
  readonly program: Program | undefined
  readonly tooOld: readonly Program[]
}

/** Looks for a program on the PATH, then where installers put it. The first that is recent enough is taken. */
export async function findProgram(
  { name, oldest, usualPlaces }: PinnedProgram,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Found> {
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const usual = usualPlaces.map((folder) => folder.replace(/^~/, homedir()))
  const tooOld: Program[] = []
  for (const folder of new Set([...onPath, ...usual])) {
    const path = join(folder, name)
    if (!existsSync(path)) continue
    const version = await versionOf(path)
    if (version === undefined) continue
    const program = { path, version, origin: dirname(path) }
    if (isAtLeast(version, oldest)) return { program, tooOld }
    tooOld.push(program)
  }
  return { program: undefined, tooOld }
}

/** What a program answers to `--version`; undefined where it cannot be run. */
export async function versionOf(path: string): Promise<string | undefined> {
  const { code, output } = await runProgram(path, ['--version'])
  return code === 0 ? versionIn(output) : undefined
}
