import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where npm was called, which is where a person's relative paths begin; scripts run in the root of the repository. */
export function pathFrom(given: string, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['INIT_CWD'] ?? process.cwd(), given)
}

/** The folder of state: the one that is named, or with `fresh` the first beside it that does not exist yet. */
export function stateFolder({ folder, fresh }: { readonly folder: string; readonly fresh: boolean }): string {
  const named = folder === '.roster' ? resolve(folder) : pathFrom(folder)
  if (!fresh || !existsSync(named)) return named
  for (let number = 2; ; number += 1) {
    const beside = `${named}-${number}`
    if (!existsSync(beside)) return beside
  }
}
