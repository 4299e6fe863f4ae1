import { RosterError } from '@roster/core'

import type { DetailedError } from './cedar.ts'
import type { Place, SourceText } from './source-text.ts'

/** Something wrong or doubtful in a policy file. */
export interface Problem {
  readonly file: string
  readonly place: Place
  readonly message: string
  readonly hint?: string
}

/** `policies/desk.cedar:3:12`. */
function placeText({ file, place }: Problem): string {
  return `${file}:${place.line}:${place.column}`
}

/** A complaint of Cedar as a problem of its file. Cedar repeats one complaint for each type that it is true of; see `distinct`. */
export function problemOf(file: string, source: SourceText, error: DetailedError): Problem {
  const location = error.sourceLocations?.[0]
  const expected = location?.label
  const message = error.message.replace(/^for policy `[^`]*`[:,] /, '')
  const problem = {
    file,
    place: source.placeOf(location?.start ?? 0),
    message: expected === undefined || expected === null ? message : `${message}, ${expected}`,
  }
  return error.help === null ? problem : { ...problem, hint: error.help }
}

/** One problem for each place, file by file as given, from top to bottom: Cedar's own order differs from run to run. */
export function distinct(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map((problem) => problem.file))]
  const rank = ({ file, place }: Problem): number[] => [files.indexOf(file), place.line, place.column]
  const sorted = problems.toSorted((one, other) => {
    const ranks = rank(other)
    const difference = rank(one)
      .map((part, index) => part - (ranks[index] ?? 0))
      .find((part) => part !== 0)
    return difference ?? (one.message < other.message ? -1 : 1)
  })
  const first = new Map<string, Problem>()
  for (const problem of sorted) if (!first.has(placeText(problem))) first.set(placeText(problem), problem)
  return [...first.values()]
}

/** Refuses the policies for all their problems at once; path and hint are those of the first. */
export function refuse(problems: readonly Problem[]): never {
  const all = distinct(problems)
  const first = all[0]
  if (first === undefined) throw new RosterError('internal', 'policies were refused without a problem')
  throw new RosterError(
    'policy-invalid',
    all.map((problem) => `${placeText(problem)}: ${problem.message}`).join('\n'),
    {
      path: placeText(first),
      hint: first.hint ?? 'Correct the policy file; `roster check` validates it against the team.',
    },
  )
}
