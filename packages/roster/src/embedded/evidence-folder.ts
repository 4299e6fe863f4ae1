import { join } from 'node:path'

/**
 * Where what is signed about a store is kept, within a folder of state: the folder itself for its own database, a folder for each server's.
 * One team may have a history in each, and what was signed of one says nothing about another.
 */
export function evidenceFolder(folder: string, databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) return folder
  const { hostname, port, pathname } = new URL(databaseUrl)
  const name = [hostname === '' ? 'local' : hostname, port === '' ? '5432' : port, pathname.slice(1)].join('_')
  return join(folder, 'on', encodeURIComponent(name))
}

/** The file of checkpoints in it. */
export function checkpointsFile(evidence: string): string {
  return join(evidence, 'checkpoints.jsonl')
}
