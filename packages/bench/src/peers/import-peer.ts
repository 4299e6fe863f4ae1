import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const peers = createRequire(new URL('../../peers/package.json', import.meta.url))

/** A package of the peers' own folder, with as much of its shape as is used. */
export async function importPeer<Shape>(name: string): Promise<Shape> {
  return (await import(pathToFileURL(peers.resolve(name)).href)) as Shape
}
