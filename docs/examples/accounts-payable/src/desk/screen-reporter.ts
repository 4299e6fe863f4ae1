import { nothingLeftText, startedText } from './line-reporter.ts'
import { reportText } from './report/report-text.ts'
import type { Reporter } from './reporter.ts'
import { paintFor } from './screen/paint.ts'
import { rowsFor } from './screen/frame.ts'
import { Screen } from './screen/screen.ts'
import { wrap } from './screen/wrap.ts'

/** A moving picture of the desk, for a terminal. */
export function screenReporter(out: NodeJS.WriteStream): Reporter {
  const paint = paintFor(out)
  const screen = new Screen(out, paint)
  return {
    opening: (folder) => void out.write(paint.quiet(`Opening the state in ${folder} …\n`)),
    tell(event) {
      if (event.type === 'started') out.write(`${wrap(startedText(event), out.columns || 80).join('\n')}\n\n`)
      if (event.type !== 'nothing-left') return screen.tell(event)
      screen.hold()
      out.write(`\n${nothingLeftText(event.tasks)}\n`)
    },
    hold: () => screen.hold(),
    report(assessment, folder) {
      const hasTable = assessment.ends.length <= rowsFor(out.rows || 24)
      out.write(`${reportText(assessment, { folder, paint, columns: out.columns || 80, hasTable })}\n`)
    },
  }
}
