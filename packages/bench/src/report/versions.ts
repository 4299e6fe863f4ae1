import { createRequire } from 'node:module'

import { peerVersions } from '../peers/versions.ts'

const require = createRequire(import.meta.url)

/** Versions of all that the numbers depend on. */
export function versions(postgres: string): Readonly<Record<string, string>> {
  const own = Object.fromEntries(['xstate', 'pg', '@temporalio/worker'].map((name) => [name, versionOf(name)]))
  return { node: process.versions.node, postgres, ...own, ...peerVersions() }
}

function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version
}
