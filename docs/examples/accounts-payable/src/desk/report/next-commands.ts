import { relative } from 'node:path'
import type { Form } from './report-text.ts'
import type { Assessment } from './assess.ts'

/** Commands that show more of what was just recorded. */
export function nextCommands(
  { ends, replay }: Assessment,
  { folder, paint, columns }: Omit<Form, 'hasTable'>,
): string[] {
  const where = relative(process.cwd(), folder)
  const option = where === '.roster' ? '' : ` --folder ${where.startsWith('..') ? folder : where}`
  const about = ends.find(({ work }) => work.task === replay?.task)?.summary?.about[0]
  const last = replay?.states.at(-1)?.version ?? 1
  const commands: readonly (readonly [string, string] | undefined)[] = [
    ['task list', 'every task, and how it ended'],
    about === undefined ? undefined : [`why --about ${about}`, 'who, which rule, which policy, at what cost'],
    replay === null ? undefined : [`replay ${replay.task} --to ${last}`, 'one task, state by state'],
    ['inbox', 'what waits for a person'],
    ['verify', 'whether anything was changed behind its back'],
  ]
  const shown = commands
    .filter((one) => one !== undefined)
    .map(([command, what]) => [`  npx roster ${command}${option}`, what] as const)
  const width = Math.max(...shown.map(([command]) => command.length))
  const fits = shown.every(([, what]) => width + what.length + 3 <= columns)
  return [
    paint.strong('Next'),
    ...shown.map(([command, what]) => (fits ? `${command.padEnd(width)}  ${paint.quiet(what)}` : command)),
  ]
}
