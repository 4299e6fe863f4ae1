import { setTimeout } from 'node:timers/promises'

import type { Store } from '@roster/core'

import type { CommitLog } from '../embedded/commits.ts'
import { wholeHistory, type History } from '../operations/history.ts'
import type { SignedCommit } from './signed-commit.ts'

/** Times that signatures are read again for records that have none yet, and how long that is waited for each time, in milliseconds. */
const maxTries = 20
const pauseMs = 50

/** A history, and the signatures that are for it. */
export interface SignedHistory extends History {
  readonly commits: readonly SignedCommit[]
}

/**
 * Everything in a store to which others append meanwhile, with the signatures over it. A host signs a moment after it appended: signatures
 * are waited for. What was signed before the records were read must be among them; what was signed since, and lies beyond, is left out.
 */
export async function signedHistory(store: Store, log: Pick<CommitLog, 'all'>): Promise<SignedHistory> {
  const before = new Set((await log.all()).map(({ signature }) => signature))
  const history = await wholeHistory(store)
  const end = history.records.at(-1)?.position ?? 0
  for (let tries = 1; ; tries++) {
    const commits = await log.all()
    if (tries === maxTries || isSigned(end, commits)) return { ...history, commits: ofHistory(commits, before, end) }
    await setTimeout(pauseMs)
  }
}

/** Signatures are written in the order of commits: when the last record has one, so have those before it. */
function isSigned(end: number, commits: readonly SignedCommit[]): boolean {
  return commits.length === 0 || commits.some(({ records }) => records.some(({ position }) => position === end))
}

function ofHistory(
  commits: readonly SignedCommit[],
  before: ReadonlySet<string>,
  end: number,
): readonly SignedCommit[] {
  return commits.filter(
    ({ signature, records }) => before.has(signature) || records.some(({ position }) => position <= end),
  )
}
