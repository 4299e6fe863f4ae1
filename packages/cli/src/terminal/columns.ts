import { stripVTControlCharacters } from 'node:util'

const gap = '  '

const widthOf = (text: string): number => stripVTControlCharacters(text).length

/** Rows with their columns aligned; the last column is as long as it is. A number is aligned to the right where its column says so. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))))
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const room = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
          return right.includes(column) ? room + cell : cell + room
        })
        .join(gap)
        .trimEnd(),
    )
    .join('\n')
}

/** Facts by name, one a line; those without a value are left out. */
export function facts(all: Readonly<Record<string, string | undefined>>, indent = ''): string {
  const known = Object.entries(all).filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '')
  return columns(known.map(([name, value]) => [`${indent}${name}`, value]))
}

/** A text cut to a width, with a sign that it was. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
