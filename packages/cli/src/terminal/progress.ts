import { cut } from './columns.ts'
import type { Terminal } from './terminal.ts'

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 80
const clearLine = '\r\u001b[2K'

/** Shows on the error stream, where that is a terminal, that something slow is under way; nothing is left of it afterwards. */
export async function withProgress<T>(
  { lively, errors, width }: Terminal,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!lively) return work()
  let frame = 0
  const draw = setInterval(() => {
    errors.write(`${clearLine}${cut(`${frames[frame % frames.length]} ${title} …`, width ?? 80)}`)
    frame += 1
  }, frameMs)
  try {
    return await work()
  } finally {
    clearInterval(draw)
    if (frame > 0) errors.write(clearLine)
  }
}
