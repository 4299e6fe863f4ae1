import type { Failure } from 'roster'

import { safeText } from '../terminal/safe-text.ts'
import { paintFor } from '../terminal/paint.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Says what went wrong: as one JSON object on standard output if JSON was asked for, else on the error stream. */
export function reportFailure(terminal: Terminal, { code, message, path, hint }: Failure, json: boolean): void {
  if (json) {
    terminal.output.write(`${JSON.stringify({ error: { code, message, path: path ?? null, hint: hint ?? null } })}\n`)
    return
  }
  const { bad, quiet } = paintFor(terminal.colours && terminal.lively)
  const lines = [`${bad('roster:')} ${message.split('\n').map(safeText).join('\n        ')} ${quiet(`(${code})`)}`]
  if (path !== undefined && !message.includes(path)) lines.push(`  at ${safeText(path)}`)
  if (hint !== undefined) lines.push(`  ${hint.split('\n').map(safeText).join('\n  ')}`)
  terminal.errors.write(`${lines.join('\n')}\n`)
}
