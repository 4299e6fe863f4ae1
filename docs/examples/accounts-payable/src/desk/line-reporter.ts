import type { DeskEvent } from './desk-event.ts'
import { reportText } from './report/report-text.ts'
import type { Reporter } from './reporter.ts'
import { paintFor, signOf, type Paint } from './screen/paint.ts'
import { cell, safeText } from './screen/safe-text.ts'

/** A line for whatever matters, where there is no terminal to paint in. */
export function lineReporter(out: NodeJS.WriteStream): Reporter {
  const paint = paintFor(out)
  const say = (line: string | undefined) => line !== undefined && out.write(`${line}\n`)
  return {
    opening: (folder) => void say(`Opening the state in ${folder} …`),
    tell: (event) => void say(lineOf(event, paint)),
    hold() {},
    report: (assessment, folder) =>
      void say(
        reportText(assessment, { folder, paint, columns: out.isTTY ? out.columns || 80 : 160, hasTable: false }),
      ),
  }
}

/** What an event is in words; nothing for those that only a moving picture needs. */
function lineOf(event: DeskEvent, paint: Paint): string | undefined {
  switch (event.type) {
    case 'started':
      return startedText(event)
    case 'nothing-left':
      return nothingLeftText(event.tasks)
    case 'outcome':
      return `${signOf(event.outcome, paint)} ${cell(event.document, 44)} ${cell(event.outcome, 9)} ${safeText(event.why)}`
    case 'approval':
      return `${paint.notable('?')} ${cell(event.document, 44)} ${event.person} ${event.decision} ${event.tool} (${event.by})`
    case 'denial':
      return `${paint.notable('■')} ${cell(event.document, 44)} denied: ${safeText(event.reason)}`
    default:
      return undefined
  }
}

export function nothingLeftText(tasks: number): string {
  return `Nothing is left to do: all ${tasks} documents were settled before. (--fresh begins anew, in a new folder.)`
}

export function startedText({
  model,
  scripted,
  people,
  documents,
  hostedElsewhere,
}: Extract<DeskEvent, { type: 'started' }>): string {
  const said = scripted ? 'a scripted model (for a real one set ANTHROPIC_API_KEY or OPENAI_API_KEY)' : model
  const where = hostedElsewhere ? '; another process hosts the team' : ''
  return `${documents} documents; ${said}; people ${people}${where}.`
}
