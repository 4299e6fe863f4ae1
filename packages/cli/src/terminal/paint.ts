import { styleText } from 'node:util'

type Style = (text: string) => string

/** The few styles of the output, by what they mean. */
export interface Paint {
  readonly strong: Style
  /** What is there for who looks for it. */
  readonly quiet: Style
  readonly good: Style
  /** Waits for somebody, or wants a look. */
  readonly notable: Style
  readonly bad: Style
}

const plain: Style = (text) => text

const styled =
  (style: Parameters<typeof styleText>[0]): Style =>
  (text) =>
    text === '' ? text : styleText(style, text, { validateStream: false })

/** Styles where there are colours, and the bare text where there are none. */
export function paintFor(colours: boolean): Paint {
  if (!colours) return { strong: plain, quiet: plain, good: plain, notable: plain, bad: plain }
  return {
    strong: styled('bold'),
    quiet: styled('dim'),
    good: styled('green'),
    notable: styled('yellow'),
    bad: styled('red'),
  }
}
