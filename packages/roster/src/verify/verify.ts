import type { Exported, Verification } from '../client/operations.ts'
import { hostKey } from '../embedded/checkpoints.ts'
import type { OperationsContext } from '../operations/context.ts'
import { recordedKeys } from './recorded-keys.ts'
import { signedHistory } from './signed-history.ts'
import { verifyApprovals } from './verify-approvals.ts'
import { verifyCheckpoints } from './verify-checkpoints.ts'
import { verifyCommits } from './verify-commits.ts'
import { verifyOrders } from './verify-orders.ts'
import { verifyRecords, type Row } from './verify-records.ts'

/**
 * Verifies everything that the store holds: envelopes, bodies, columns, chains, heads, the signatures of people over their decisions and orders, and
 * beside the store the host's signatures over its commits and its checkpoints.
 */
export async function verify({
  store,
  checkpoints,
  commits,
  keys,
}: Pick<OperationsContext, 'store' | 'checkpoints' | 'commits' | 'keys'>): Promise<Verification> {
  // Read first: a checkpoint that is made meanwhile may cover more than the records that are read.
  const marks = await checkpoints.all()
  const history = await signedHistory(store, commits)
  const rows = history.records.map(({ id, stream, version, correlationId, kind, at, ...row }) => ({
    ...row,
    columns: { id, stream, version, correlationId, kind, at },
  }))
  const chains = verifyRecords(rows, { tenant: store.tenant, heads: history.heads, complete: true })
  return signed(chains, rows, { checkpoints: marks, commits: history.commits, trustedKeys: keys.keysOf(hostKey) })
}

/**
 * Verifies an export by itself: no store, no team, no code that wrote it. An export of everything (it has `checkpoints`) must have
 * every record from the first position on; an export of one task all records of its own stream and of its jobs.
 *
 * @param trustedKeys whose signatures of a host count; `null` for any that the roster recorded: whose key signed is then for the reader to know
 */
export function verifyExport(
  { tenant, heads, records, checkpoints, commits = [] }: Exported,
  trustedKeys: readonly string[] | null = null,
): Verification {
  const complete = checkpoints !== undefined
  const chains = verifyRecords(records, { tenant, heads, complete })
  return signed(chains, records, { checkpoints: checkpoints ?? [], commits: complete ? commits : [], trustedKeys })
}

/** What stands beside the records. */
interface Signatures {
  readonly checkpoints: NonNullable<Exported['checkpoints']>
  readonly commits: NonNullable<Exported['commits']>
  readonly trustedKeys: readonly string[] | null
}

function signed(
  chains: Verification,
  rows: readonly Row[],
  { checkpoints, commits, trustedKeys }: Signatures,
): Verification {
  const keys = recordedKeys(rows)
  const hosts = keys.get(hostKey) ?? []
  // A key that was replaced has signed what it signed then.
  const everTrusted = trustedKeys === null ? null : [...trustedKeys, ...hosts.map(({ key }) => key)]
  const { signedFrom, found, problems } = verifyCommits(rows, commits, { trusted: trustedKeys, recorded: hosts })
  const all = [
    ...chains.problems,
    ...verifyCheckpoints(rows, checkpoints, everTrusted),
    ...problems,
    ...verifyApprovals(rows, keys),
    ...verifyOrders(rows, keys),
  ]
  const anchoredTo = Math.max(0, ...checkpoints.map(({ position }) => position))
  const extent = { checkpoints: checkpoints.length, anchoredTo, signedFrom, found }
  return { ...chains, ...extent, verified: all.length === 0, problems: all }
}
