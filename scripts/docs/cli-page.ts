import { PassThrough } from 'node:stream'

import type { World } from '../../packages/cli/src/command/world.ts'
import { program } from '../../packages/cli/src/program.ts'
import { run } from '../../packages/cli/src/run.ts'

const opening = `# The command line

Kind of page: reference. Generated from each command's own \`--help\` by \`scripts/docs/pages.ts\`; a test fails when it is out of date.

\`npx roster\` works in any folder of a clone, once something was started there, and in a project that \`roster init\` made. It asks the
process that holds the folder of state, or hosts the team itself for as long as the command takes. Errors go to standard error as \`message (code)\`, the place and what to do; with \`--json\` they are
one object \`{ "error": { "code", "message", "path", "hint" } }\` on standard output. [All codes](errors.md).
`

/** \`docs/reference/cli.md\`. */
export async function cliPage(): Promise<string> {
  const verbs = verbsOf(program(worldOf(new PassThrough()), () => {}))
  const sections = await Promise.all(verbs.map(sectionOf))
  const common = commonOptions(await helpOf(verbs[0] ?? []))
  return [
    opening,
    section('roster', await helpOf([])),
    `## Options of every verb\n\n${fenced(common)}`,
    ...sections,
  ].join('\n')
}

interface Verb {
  name(): string
  readonly commands: readonly Verb[]
}

function verbsOf({ commands }: Verb): readonly (readonly string[])[] {
  return commands.flatMap((verb) => {
    const below = verbsOf(verb)
    return below.length === 0 ? [[verb.name()]] : below.map((names) => [verb.name(), ...names])
  })
}

async function sectionOf(verb: readonly string[]): Promise<string> {
  return section(`roster ${verb.join(' ')}`, (await helpOf(verb)).replace(common, '\n'))
}

/** The block of options that every verb has, up to the next blank line. */
const common = /\nCommon options:\n(?: {2}.+\n)+/

function commonOptions(help: string): string {
  return common.exec(help)?.[0].replace('\nCommon options:\n', '') ?? ''
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${fenced(text)}`
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.replaceAll(/\n{3,}/g, '\n\n').trimEnd()}\n\`\`\`\n`
}

async function helpOf(verb: readonly string[]): Promise<string> {
  const output = new PassThrough()
  await run([...verb, '--help'], worldOf(output))
  return String(output.read())
}

function worldOf(output: PassThrough): World {
  const missing = (): never => {
    throw new Error('help needs no team')
  }
  const streams = { input: new PassThrough(), output, errors: new PassThrough() }
  return {
    terminal: { ...streams, interactive: false, lively: false, colours: false, width: 100 },
    env: {},
    cwd: '/',
    signal: new AbortController().signal,
    now: () => 0,
    newKey: () => '',
    openers: new Proxy({} as World['openers'], { get: missing }),
  }
}
