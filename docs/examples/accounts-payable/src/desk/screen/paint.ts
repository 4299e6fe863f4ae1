import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Colours by what they mean; none where the stream or NO_COLOR says so. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly quiet: (text: string) => string
  readonly good: (text: string) => string
  readonly notable: (text: string) => string
  readonly bad: (text: string) => string
}

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const coloured = stream.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb'
  const style = (format: Style) => (text: string) =>
    coloured && text !== '' ? styleText(format, text, { validateStream: false }) : text
  return {
    strong: style('bold'),
    quiet: style('dim'),
    good: style('green'),
    notable: style('yellow'),
    bad: style('red'),
  }
}

/** What an outcome looks like. */
export function signOf(outcome: string, paint: Paint): string {
  if (outcome === 'paid' || outcome === 'credited' || outcome === 'by-hand') return paint.good('✔')
  if (outcome === 'declined') return paint.notable('✖')
  return outcome === 'refused' ? paint.notable('■') : paint.bad('!')
}
