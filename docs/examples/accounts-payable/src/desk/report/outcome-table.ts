import { signOf, type Paint } from '../screen/paint.ts'
import { cell, cut } from '../screen/safe-text.ts'
import { outcomeWord, whyOf } from '../work.ts'
import type { Assessment } from './assess.ts'

/** How each document ended, and why. */
export function outcomeTable({ ends, right, summary }: Assessment, paint: Paint, columns: number): string[] {
  const counts = Object.entries(summary.outcomes).filter(([, count]) => count > 0)
  const head = counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ')
  const nameWidth = Math.min(42, Math.max(...ends.map(({ work }) => nameOf(work.incoming.name).length)))
  const rows = ends.map((one) => {
    const outcome = one.summary === undefined ? 'unknown' : outcomeWord(one.summary)
    const why = one.summary === undefined ? '' : whyOf(one.summary)
    const sign = right.includes(one) ? signOf(outcome, paint) : paint.bad('!')
    return `${sign} ${cell(nameOf(one.work.incoming.name), nameWidth)} ${cell(outcome, 9)} ${cut(why, columns - nameWidth - 14)}`
  })
  return [paint.strong(`${ends.length} documents: ${head}`), ...rows]
}

function nameOf(file: string): string {
  return file.replace(/\.xml$/, '')
}
