import type { Drilled, Gap, Readiness } from 'roster/client'

import { safeText } from '../terminal/safe-text.ts'
import type { Paint } from '../terminal/paint.ts'
import { counted, dayAndTime } from './units.ts'

/** The page that a person signs, for a terminal: what is open first, then what is so. */
export function readyText({ team, digest, facts, gaps, signatures }: Readiness, paint: Paint): string {
  const { strong, quiet, good } = paint
  return [
    `Is ${strong(safeText(team))} ready?  ${quiet(`digest ${digest}`)}`,
    '',
    gaps.length === 0 ? good('Nothing is open.') : `Open, ${counted(gaps.length, 'gap')}:`,
    ...gaps.flatMap((gap) => gapLines(gap, paint)),
    ...facts.flatMap(({ title, lines }) => ['', strong(title), ...lines.map((line) => `  ${safeText(line)}`)]),
    '',
    ...(signatures.length === 0 ? ['Nobody has signed for this digest: roster ready --sign --as <person>'] : []),
    ...signatures.map(
      ({ person, at, gaps: open, record }) =>
        `${good('signed')} by ${safeText(person)}, ${dayAndTime(at)}, with ${counted(open.length, 'gap')} open (record ${record})`,
    ),
  ].join('\n')
}

function gapLines({ code, says, mend }: Gap, { notable, quiet }: Paint): readonly string[] {
  return [`  ${notable(code)}  ${safeText(says)}`, `    ${quiet(safeText(mend))}`]
}

/** How a drill of having everything back went, in a line. */
export function drilledText({ records, streams, verified, problems }: Drilled): string {
  const what = `${counted(records, 'record')} of ${counted(streams, 'stream')}`
  if (verified) return `Had everything back from an export: ${what}, every state as it was.`
  return `Not everything came back (${what}): ${problems.map(({ message }) => safeText(message)).join('; ')}`
}
