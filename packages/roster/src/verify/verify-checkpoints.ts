import { createPublicKey, verify } from 'node:crypto'

import type { Verification } from '../client/operations.ts'
import { checkpointText, type Checkpoint } from './checkpoint.ts'
import { merkleRoot, noOrder, orderedAfter, type Leaf } from './merkle.ts'
import type { Row } from './verify-records.ts'

type Problem = Verification['problems'][number]

/** Checks that every checkpoint still describes the history: what a chain alone cannot show (a cut tail with its head, a removed stream). */
export function verifyCheckpoints(
  rows: readonly Row[],
  checkpoints: readonly Checkpoint[],
  trustedKeys: readonly string[] | null,
): readonly Problem[] {
  const problems: Problem[] = []
  const tips = new Map<string, Leaf>()
  let next = 0
  let order = noOrder
  for (const checkpoint of checkpoints.toSorted((a, b) => a.position - b.position)) {
    for (; next < rows.length && (rows[next]?.position ?? 0) <= checkpoint.position; next++) {
      note(tips, rows[next])
      order = orderedAfter(order, rows[next]?.hash ?? '')
    }
    problems.push(
      ...flawsOf(checkpoint, { tips: [...tips.values()], last: rows[next - 1]?.position ?? 0, order }, trustedKeys),
    )
  }
  return problems
}

function note(tips: Map<string, Leaf>, row: Row | undefined): void {
  if (row === undefined) return
  try {
    const { stream, version } = JSON.parse(row.envelope) as Leaf
    tips.set(stream, { stream, version, hash: row.hash })
  } catch {
    // An envelope that cannot be read is named by the check of the records.
  }
}

/** What the history comes to at the position of a checkpoint. */
interface Found {
  readonly tips: readonly Leaf[]
  readonly last: number
  readonly order: string
}

function flawsOf(
  checkpoint: Checkpoint,
  { tips, last, order }: Found,
  trustedKeys: readonly string[] | null,
): readonly Problem[] {
  const problem = (code: string, message: string): Problem => ({
    code,
    stream: '',
    version: null,
    position: checkpoint.position,
    field: 'checkpoint',
    message,
  })
  if (trustedKeys !== null && !trustedKeys.includes(checkpoint.key))
    return [problem('checkpoint-forged', 'the checkpoint is signed with a key that is not known')]
  if (!signed(checkpoint)) return [problem('checkpoint-forged', 'the signature of the checkpoint does not fit')]
  if (last < checkpoint.position)
    return [problem('tail-missing', `the checkpoint covers ${checkpoint.position} records, ${last} are here`)]
  if (tips.length !== checkpoint.streams)
    return [problem('stream-missing', `the checkpoint covers ${checkpoint.streams} streams, ${tips.length} are here`)]
  if (order !== checkpoint.order) return [problem('order-changed', 'the records are not in the order that was signed')]
  return merkleRoot(tips) === checkpoint.root
    ? []
    : [problem('root-changed', 'the ends of the streams are not those that were signed')]
}

function signed(checkpoint: Checkpoint): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(checkpoint.key, 'base64'), type: 'spki', format: 'der' })
    return verify(null, Buffer.from(checkpointText(checkpoint)), key, Buffer.from(checkpoint.signature, 'base64'))
  } catch {
    return false
  }
}
