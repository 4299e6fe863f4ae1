import { readFile } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How a new team depends on the packages of Roster: `file:` for npm and `link:` for pnpm while they are not published, else by version. */
export async function references(): Promise<Readonly<Record<string, string>>> {
  const manifests = {
    roster: fileURLToPath(import.meta.resolve('roster/package.json')),
    '@roster/cli': fileURLToPath(new URL('../../package.json', import.meta.url)),
  }
  const words: Record<string, string> = {}
  for (const [name, manifest] of Object.entries(manifests)) {
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
    const folder = dirname(manifest)
    const published = manifest.includes(`${sep}node_modules${sep}`)
    words[name] = published ? `^${version}` : `file:${folder}`
    words[`link:${name}`] = published ? `^${version}` : `link:${folder}`
  }
  return words
}
