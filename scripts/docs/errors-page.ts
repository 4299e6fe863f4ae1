import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { errorCodes, type ErrorCode } from '../../packages/core/src/error/error-code.ts'
import { inRoot } from './in-root.ts'

/** Where the codes are defined. The comments between them are the headings of the page: they exist in the source only. */
const source = join('packages', 'core', 'src', 'error', 'error-code.ts')

const opening = `# Error codes

Kind of page: reference. Generated from [error-code.ts](../../${source}) by \`scripts/docs/pages.ts\`; a test fails when it is out of date.

An error of Roster is a \`RosterError\`: \`code\` (below, stable), \`message\`, and where they are known \`path\` (the offending field), \`hint\`
(what to do next) and \`retryable\` (whether the same call may succeed later without a change). In a reply, in a record and in the answer of
a command it is the same as data: \`{ code, message, path?, hint? }\`.

A team's own machines and tools may use codes of their own, which are not listed here. \`declined\` is one that Roster itself makes: it is how
a playbook made of steps says that a person declined.
`

/** `docs/reference/errors.md`. */
export function errorsPage(): string {
  const groups = groupsOf(readFileSync(inRoot(source), 'utf8'))
  return [opening, ...groups.map(groupText)].join('\n')
}

interface Group {
  readonly heading: string
  readonly codes: ErrorCode[]
}

function groupsOf(text: string): readonly Group[] {
  const groups: Group[] = []
  for (const line of text.split('\n')) {
    const heading = /^ {2}\/\/ (.+)$/.exec(line)?.[1]
    if (heading !== undefined) groups.push({ heading, codes: [] })
    const code = /^ {2}'?([a-z-]+)'?:/.exec(line)?.[1]
    if (code !== undefined && isCode(code)) groups.at(-1)?.codes.push(code)
  }
  const listed = groups.flatMap(({ codes }) => codes)
  const missing = Object.keys(errorCodes).filter((code) => !listed.includes(code as ErrorCode))
  if (missing.length > 0) throw new Error(`${source} has codes under no heading: ${missing.join(', ')}`)
  return groups
}

function groupText({ heading, codes }: Group): string {
  const rows = codes.map((code) => `| \`${code}\` | ${errorCodes[code].replaceAll('|', '\\|')} |`)
  return [`## ${heading}`, '', '| code | meaning |', '| --- | --- |', ...rows, ''].join('\n')
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text)
}
