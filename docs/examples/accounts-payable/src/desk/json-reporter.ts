import type { Reporter } from './reporter.ts'

/** One JSON object a line, each with a `type`; the summary is the last. */
export function jsonReporter(out: NodeJS.WritableStream): Reporter {
  const write = (line: object) => out.write(`${JSON.stringify(line)}\n`)
  return {
    opening() {},
    tell: (event) => void write(event),
    hold() {},
    report({ replay, verification, summary }) {
      const { verified, records, streams, problems } = verification
      if (replay !== null) write(replay)
      write({ type: 'verification', verified, records, streams, problems: problems.length })
      write(summary)
    },
  }
}
