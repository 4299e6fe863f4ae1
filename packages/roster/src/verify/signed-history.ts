import { setTimeout } from 'node:timers/promises'

import type { Store } from '@roster/core'

import type { CommitLog } from '../embedded/commits.ts'
import { wholeHistory, type History } from '../operations/history.ts'
import type { SignedCommit } from './signed-commit.ts'

/** Times that everything is read again because a host appends meanwhile. */
const maxTries = 5

/** How often, and with which pauses (milliseconds), a host is given time to sign what it has just appended. */
const maxLooks = 20
const pauseMs = 50

/** A history, and the signatures that are for it. */
export interface SignedHistory extends History {
  readonly commits: readonly SignedCommit[]
}

/**
 * Everything in a store to which others append meanwhile, with the signatures over it. A host signs a moment after it appended, and may sign
 * several commits at once: it is read again until the signatures end where the records end. What was signed before the records were read
 * must be among them; what was signed since, and lies beyond all of them, is left out.
 */
export async function signedHistory(store: Store, log: Pick<CommitLog, 'all'>): Promise<SignedHistory> {
  for (let tries = 1; ; tries++) {
    const before = new Set((await log.all()).map(({ signature }) => signature))
    const history = await wholeHistory(store)
    const end = history.records.at(-1)?.position ?? 0
    const signed = await signedTo(end, log)
    const commits = signed.filter((one) => before.has(one.signature) || leastOf(one) <= end)
    if (tries === maxTries || commits.length === 0 || mostOfAll(commits) === end) return { ...history, commits }
  }
}

/** Signatures, as soon as one reaches a position, or none has for as long as a host may need. */
async function signedTo(end: number, log: Pick<CommitLog, 'all'>): Promise<readonly SignedCommit[]> {
  for (let looks = 1; ; looks++) {
    const signed = await log.all()
    if (looks === maxLooks || signed.length === 0 || mostOfAll(signed) >= end) return signed
    await setTimeout(pauseMs)
  }
}

function mostOfAll(commits: readonly SignedCommit[]): number {
  return commits.reduce((most, commit) => Math.max(most, mostOf(commit)), 0)
}

function mostOf({ records }: SignedCommit): number {
  return records.reduce((most, { position }) => Math.max(most, position), 0)
}

function leastOf({ records }: SignedCommit): number {
  return records.reduce((least, { position }) => Math.min(least, position), Infinity)
}
