import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DeskEvent } from '../../src/desk/desk-event.ts'
import type { Summary } from '../../src/desk/report/summary.ts'

export type Line = DeskEvent | Summary

/** What the real program said, as it is started by `npm start`. */
export interface Said {
  readonly code: number | null
  readonly lines: readonly Line[]
  readonly errors: string
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Runs the program in a folder; kills it, as with `kill -9`, once it has said so many lines. */
export async function runProgram(folder: string, args: readonly string[], killAfter = Infinity): Promise<Said> {
  const { ANTHROPIC_API_KEY: _, OPENAI_API_KEY: __, OPENAI_BASE_URL: ___, DATABASE_URL: ____, ...env } = process.env
  const child = spawn(process.execPath, [main, '--yes', '--json', '--folder', folder, ...args], { env })
  let output = ''
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part))
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part
    if (output.split('\n').length > killAfter) child.kill('SIGKILL')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  const lines = output.split('\n').slice(0, -1)
  return { code, errors, lines: lines.map((line) => JSON.parse(line) as Line) }
}

/** How each document ended, by its name. Of the two with one number one is paid and the other refused, whichever was first. */
export function outcomesIn({ lines }: Said): Readonly<Record<string, string>> {
  const ends = lines.flatMap((line) => (line.type === 'outcome' ? [[line.document, line.outcome] as const] : []))
  const { '01-within-limits.xml': first, '07-duplicate-number.xml': second, ...others } = Object.fromEntries(ends)
  return {
    ...others,
    'with one number': [first, second]
      .map(String)
      .toSorted((a, b) => a.localeCompare(b))
      .join(', '),
  }
}

/** The last line. */
export function summaryOf({ lines, errors }: Said): Summary {
  const last = lines.at(-1)
  if (last?.type !== 'summary') throw new Error(`the last line is ${JSON.stringify(last)}: ${errors}`)
  return last
}
