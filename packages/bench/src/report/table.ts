import type { Result } from '../measure/result.ts'
import { goalWords, metWords, number } from './words.ts'

/** Results as lines of text, for a terminal. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.id,
    `${number(result.value)} ${result.unit}`,
    `${number(result.baselineValue)} ${result.unit}`,
    number(result.ratio),
    result.spread.map(number).join('–'),
    goalWords(result),
    metWords(result),
  ])
  const all = [['', 'value', 'baseline', 'ratio', 'spread', 'goal', 'met'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const limits = results.flatMap(({ id, limitedBy }) =>
    limitedBy === undefined ? [] : [`${id} is limited: ${limitedBy}`],
  )
  return [...lines, ...(limits.length === 0 ? [] : ['', ...limits]), ''].join('\n')
}
