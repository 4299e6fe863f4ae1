import { goalWords, metWords, number } from './words.ts'
import type { Report, ReportedResult } from './report.ts'

/** `docs/reference/performance.md`, from the report and nothing else. */
export function markdown(report: Report): string {
  const { machine, versions, results } = report
  const groups = [...new Set(results.map(({ group }) => group))]
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    '# Performance',
    '',
    'Reference. Written by `pnpm bench`, which also writes `performance.json`; do not edit it by hand.',
    '',
    'Each measure stands beside its baseline, measured in turn with it on one machine, three rounds, after a warm-up. Value and baseline are',
    "medians; the ratio is the median of the ratios of the rounds, the spread the least and the greatest of them. PostgreSQL is the project's",
    'own, with its own settings: what is answered is on the disk (`fsync` and `synchronous_commit` on), for Roster and for what it is compared',
    'with. Each contestant has a process and a database of its own and rests while another is measured. Roster runs in one process unless',
    'it says otherwise.',
    '',
    `Machine: ${machine.cpu}, ${machine.cores} cores (shared by PostgreSQL and its clients), ${machine.memoryGib} GiB, ${machine.system}; load before the run ${machine.loadBefore}.`,
    '',
    `Versions: ${used.join(', ')}.`,
    '',
    ...groups.flatMap((group) =>
      section(
        group,
        results.filter((result) => result.group === group),
      ),
    ),
  ].join('\n')
}

function section(group: string, results: readonly ReportedResult[]): readonly string[] {
  const limited = results.filter(({ limitedBy }) => limitedBy !== undefined)
  return [
    `## ${group[0]?.toUpperCase()}${group.slice(1)}`,
    '',
    `\`pnpm bench ${group}\`, measured ${results[0]?.at}.`,
    '',
    '| measure | baseline | value | baseline value | ratio | spread | goal | met |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(row),
    '',
    ...limited.flatMap(({ id, limitedBy }) => [`- \`${id}\` is limited: ${limitedBy}.`]),
    ...(limited.length === 0 ? [] : ['']),
  ]
}

function row(result: ReportedResult): string {
  const { id, measure, baseline, value, baselineValue, unit, ratio, spread } = result
  const cells = [
    `${measure} (\`${id}\`)`,
    baseline,
    `${number(value)} ${unit}`,
    `${number(baselineValue)} ${unit}`,
    number(ratio),
    spread.map(number).join('–'),
    goalWords(result),
    metWords(result),
  ]
  return `| ${cells.join(' | ')} |`
}
