import { readFileSync } from 'node:fs'

const manifest = new URL('../../peers/package.json', import.meta.url)

/** The versions of the peers, which are pinned. */
export function peerVersions(): Readonly<Record<string, string>> {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Readonly<Record<string, string>> }).dependencies
}
