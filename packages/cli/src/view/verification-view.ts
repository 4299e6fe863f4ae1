import type { Verification } from 'roster/client'

import { columns } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { counted } from './units.ts'

/** Whether a history is what was recorded, and if not, where. */
export function verificationText(verification: Verification, { good, bad, quiet }: Paint): string {
  const { verified, records, streams, problems } = verification
  const extent = `${counted(records, 'record')} in ${counted(streams, 'stream')}`
  if (verified)
    return `${good('Verified')}: ${extent}; every hash, chain, column and head fits.\n${quiet(anchorText(verification))}\n${quiet(signedText(verification))}`
  const rows = problems.map(({ code, stream, version, position, field, message }) => [
    bad(code),
    position === null ? '' : `#${position}`,
    safeText(stream),
    version === null ? '' : `v${version}`,
    field,
    safeText(message),
  ])
  return `${bad('Not verified')}: ${extent}, ${counted(problems.length, 'problem')}.\n\n${columns([['PROBLEM', 'AT', 'STREAM', 'VERSION', 'FIELD', 'WHAT'].map(quiet), ...rows])}`
}

/** How far signed checkpoints reach: what came after the last one could be replaced as a whole by whoever holds the folder. */
function anchorText({ checkpoints, anchoredTo, records }: Verification): string {
  if (checkpoints === 0) return 'No signed checkpoint covers it yet.'
  return `${counted(checkpoints, 'signed checkpoint')} cover it to #${anchoredTo}${anchoredTo < records ? '; what came later is protected by its chain alone' : ''}.`
}

/** From where on hosts have signed for every record: a record that none appended would show there. */
function signedText({ signedFrom, found, records }: Verification): string {
  if (signedFrom === null) return records === 0 ? '' : 'No host has signed for its records.'
  const late = found === 0 ? '' : `; ${counted(found, 'record')} after a crash, at the next start`
  return `From #${signedFrom} on the host has signed for each${late}.`
}
