import { hash } from 'node:crypto'
import type { StoredRecord } from '@roster/core'

import type { Evidence, Read } from './evidence.ts'

interface Tip {
  readonly version: number
  readonly hash: string
}

const none: Tip = { version: 0, hash: '0'.repeat(64) }

const envelopeHash = ({ previousHash, envelope }: StoredRecord): string =>
  hash('sha256', `roster.record.1\n${previousHash}\n${envelope}`)

const bodyHash = ({ salt, body }: StoredRecord): string => hash('sha256', `roster.body.1\n${salt}\n${body}`)

/** How a record fails to continue its stream. */
function breaks({ stored, envelope }: Read, tip: Tip): readonly string[] {
  const problems: string[] = []
  if (stored.version !== tip.version + 1) problems.push(`follows version ${tip.version}`)
  if (stored.previousHash !== tip.hash) problems.push('does not follow the record before it')
  if (envelopeHash(stored) !== stored.hash) problems.push('has another hash')
  if (bodyHash(stored) !== envelope.bodyHash) problems.push('has another body')
  return problems
}

/** Positions and versions have no gaps, each record hashes onto the one before it, and each stream ends where its head says. */
export function unforked({ records, heads }: Evidence): readonly string[] {
  const problems: string[] = []
  const tips = new Map<string, Tip>()
  for (const [index, read] of records.entries()) {
    const { stream, version, hash: tip } = read.stored
    const where = `record ${version} of ${stream}`
    if (read.stored.position !== index + 1)
      problems.push(`${where} stands at ${read.stored.position}, not at ${index + 1}`)
    problems.push(...breaks(read, tips.get(stream) ?? none).map((what) => `${where} ${what}`))
    tips.set(stream, { version, hash: tip })
  }
  for (const { stream, version, hash: head } of heads) {
    const tip = tips.get(stream)
    if (tip?.version !== version || tip.hash !== head) problems.push(`${stream} does not end where its head says`)
  }
  return problems
}
