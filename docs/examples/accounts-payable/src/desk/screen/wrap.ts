import { safeText } from './safe-text.ts'

/** Safe text on as many lines as it needs, each with this indentation. */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of safeText(text).split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 1 > columns - 1) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((each) => indent + each)
}
