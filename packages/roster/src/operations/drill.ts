import { failureOf, rebuild, streamName, type Envelope, type StoredRecord } from '@roster/core'

import type { Exported } from '../client/operations.ts'
import type { Drilled } from '../client/trust-operations.ts'
import { sha256 } from '../sha256.ts'
import { verifyExport } from '../verify/verify.ts'
import type { OperationsContext } from './context.ts'
import { exported } from './export.ts'
import { ordered } from './ordered.ts'

type Problem = Drilled['problems'][number]

/** A drill of having everything back: from the text of an export, as it would lie on another disk, and nothing else. */
export async function drill(context: OperationsContext, by: string): Promise<Drilled> {
  const text = JSON.stringify(await exported(context, {}))
  const document = JSON.parse(text) as Exported
  const verification = verifyExport(document)
  const streams = Map.groupBy(document.records, ({ envelope }) => (JSON.parse(envelope) as Envelope).stream)
  const problems = [...verification.problems, ...[...streams.values()].flatMap(restored)]
  const facts = {
    records: document.records.length,
    streams: streams.size,
    verified: problems.length === 0,
    digest: sha256(text),
  }
  const to = streamName.team(context.team.name)
  const note = await ordered(context, { to, type: 'restore.drilled', by, payload: facts })
  const { digest: _, ...told } = facts
  return { ...note, ...told, problems: problems.map(({ code, message }) => ({ code, message })) }
}

/** Rebuilds an actor from its records alone: the chain is checked on the way, and the digest of its state at the end. */
function restored(records: Exported['records']): readonly Problem[] {
  // What was erased on purpose cannot come back: that is what erasing is for.
  if (records.some(({ body }) => body === null)) return []
  try {
    rebuild(records.map(storedOf), sha256, { state: null, hash: '0'.repeat(64) })
    return []
  } catch (error) {
    const { code, message } = failureOf(error)
    return [{ code, message }]
  }
}

/** The columns of a record stand in its envelope too. */
function storedOf(record: Exported['records'][number]): StoredRecord {
  const { id, stream, version, correlationId, kind, at } = JSON.parse(record.envelope) as Envelope
  return { ...record, id, stream, version, correlationId, kind, at }
}
