/** A workspace package as a file's path tells it. */
export interface Place {
  /** The folder, such as `packages/core`. */
  readonly folder: string
  /** What the rules of direction call it: the package's folder name, `service` or `example`. */
  readonly kind: string
  /** The first folder inside: `src`, `test`, … */
  readonly room: string
}

const patterns: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/(?:^|\/)packages\/([^/]+)\/([^/]+)\//, (match) => match[1] ?? ''],
  [/(?:^|\/)services\/([^/]+)\/([^/]+)\//, () => 'service'],
  [/(?:^|\/)docs\/examples\/([^/]+)\/([^/]+)\//, () => 'example'],
]

/** Where a file stands in the workspace; undefined for a file of the root. */
export function placeOf(path: string): Place | undefined {
  for (const [pattern, kindOf] of patterns) {
    const match = pattern.exec(path)
    if (match === null) continue
    const whole = match[0].replace(/^\//, '')
    const room = match[2] ?? ''
    return { folder: whole.slice(0, -room.length - 2), kind: kindOf(match), room }
  }
  return undefined
}
