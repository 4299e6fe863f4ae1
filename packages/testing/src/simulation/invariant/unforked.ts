import { hash } from 'node:crypto'

import type { Evidence } from './evidence.ts'

interface Tip {
  readonly version: number
  readonly hash: string
}

const none: Tip = { version: 0, hash: '0'.repeat(64) }

/** Positions and versions have no gaps, each record hashes onto the one before it, and each stream ends where its head says. */
export function unforked({ records, heads }: Evidence): readonly string[] {
  const problems: string[] = []
  const tips = new Map<string, Tip>()
  for (const [index, { stored, envelope }] of records.entries()) {
    const { position, previousHash, envelope: text, body, salt } = stored
    const { stream, version, bodyHash } = envelope
    const tip = tips.get(stream) ?? none
    const where = `record ${version} of ${stream}`
    if (position !== index + 1) problems.push(`${where} stands at ${position}, not at ${index + 1}`)
    if (version !== tip.version + 1) problems.push(`${where} follows version ${tip.version}`)
    if (previousHash !== tip.hash) problems.push(`${where} does not follow the record before it`)
    if (hash('sha256', `roster.record.1\n${previousHash}\n${text}`) !== stored.hash) problems.push(`${where} has another hash`)
    if (hash('sha256', `roster.body.1\n${salt}\n${body}`) !== bodyHash) problems.push(`${where} has another body`)
    tips.set(stream, { version, hash: stored.hash })
  }
  for (const { stream, version, hash: head } of heads) {
    const tip = tips.get(stream)
    if (tip?.version !== version || tip.hash !== head) problems.push(`${stream} does not end where its head says`)
  }
  return problems
}
