import { readFileSync } from 'node:fs'

import { inRoot } from './in-root.ts'

/** A command on a page, and what it prints there. `…` stands for any number of lines, or for the rest of a line. */
export interface Step {
  readonly command: string
  readonly printed: readonly string[]
}

/** The commands of a page in order: the lines of its console blocks that begin with `$`. */
export function stepsOf(page: string): readonly Step[] {
  const blocks = [...readFileSync(inRoot(page), 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)]
  return blocks.flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = '', ...printed] = text.trimEnd().split('\n')
        return { command, printed }
      }),
  )
}

/** Ids differ from run to run: which one of a run stands for which one on the page. */
export class Ids {
  readonly #actual = new Map<string, string>()

  /** A command of the page with the ids of this run. */
  resolved(command: string): string {
    return command.replaceAll(ulid, (id) => this.#actual.get(id) ?? id)
  }

  /** Learns from two lines that say the same. */
  learn(line: string, actual: string): void {
    const found = actual.match(ulid) ?? []
    for (const [index, id] of (line.match(ulid) ?? []).entries()) this.#actual.set(id, found[index] ?? id)
  }
}

/** The first line of a page that a run did not print at its place; undefined if all are there. */
export function missingLine(printed: readonly string[], actual: readonly string[], ids: Ids): string | undefined {
  let from = 0
  let anywhere = false
  for (const line of printed) {
    if (line.trim() === '…') {
      anywhere = true
      continue
    }
    const at = actual.findIndex((other, index) => index >= from && fits(line, other))
    if (at < 0 || (!anywhere && at !== from)) return line
    ids.learn(line, actual[at] ?? '')
    from = at + 1
    anywhere = false
  }
  return anywhere || from >= actual.length ? undefined : `(nothing more, and not "${actual[from]}")`
}

const ulid = /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g

function fits(line: string, actual: string): boolean {
  const [expected, other] = [masked(line), masked(actual)]
  return line.endsWith('…') ? other.startsWith(expected.slice(0, -1)) : expected === other
}

/** A line without what differs from run to run. */
function masked(line: string): string {
  return line
    .replaceAll(ulid, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\d/g, '<date>')
    .replaceAll(/\d\d:\d\d:\d\d(\.\d+)?/g, '<time>')
    .replaceAll(/\b[0-9a-f]{12,}\b/g, '<hash>')
    .trimEnd()
}
