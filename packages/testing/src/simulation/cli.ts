// `pnpm simulate`: runs schedules and says what they came to; or one of them again, step by step.
import process from 'node:process'
import { parseArgs } from 'node:util'

import { simulate } from './simulate.ts'
import { simulation, type Report } from './simulation.ts'
import { weaknesses, type Weakness } from './weakness.ts'

const usage = `pnpm simulate [--schedules 10000] [--from 0] [--weakened 200] [--threads 2] [--json]
pnpm simulate --seed 4711 [--trace] [--weakness ${weaknesses.join('|')}]
`

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
    weakened: { type: 'string', default: '200' },
    threads: { type: 'string', default: '2' },
    seed: { type: 'string' },
    weakness: { type: 'string' },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** One schedule again. */
async function repeat(seed: number): Promise<boolean> {
  const trace = values.trace ? (line: string): void => void process.stdout.write(`${line}\n`) : undefined
  const { operations, faults, records, violations } = await simulate(seed, {
    weakness: values.weakness as Weakness | undefined,
    trace,
  })
  process.stdout.write(`schedule ${seed}: ${operations} operations, ${faults.length} faults, ${records} records\n`)
  for (const { invariant, what } of violations) process.stdout.write(`${invariant}: ${what}\n`)
  return violations.length === 0
}

async function many(): Promise<boolean> {
  const tenth = Math.ceil(Number(values.schedules) / 10)
  const progress = (done: number): void => void (done % tenth === 0 && process.stderr.write(`${done} schedules\n`))
  const [schedules, from, weakened, threads] = [values.schedules, values.from, values.weakened, values.threads].map(
    Number,
  ) as [number, number, number, number]
  const report = await simulation({ schedules, from, weakened, threads, progress })
  for (const problem of report.problems) process.stdout.write(`${problem}\n`)
  process.stdout.write(values.json ? `${JSON.stringify(asData(report))}\n` : asText(report))
  return report.problems.length === 0
}

function asData({ tally, weakened }: Report): object {
  const { schedules, operations, records, faults, failed } = tally
  const total = Object.values(faults).reduce((one, other) => one + other, 0)
  return { schedules, faults: total, violations: failed, weakened, operations, records, faultsByKind: faults }
}

function asText({ tally, weakened }: Report): string {
  const { schedules, operations, records, faults, failed } = tally
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  return [
    `${schedules} schedules, ${operations} operations, ${records} records`,
    `faults: ${list(faults)}`,
    `schedules with violations: ${failed}`,
    `weakened adapters found out in: ${list(weakened)}`,
    '',
  ].join('\n')
}

if (values.help) process.stdout.write(usage)
else process.exitCode = (await (values.seed === undefined ? many() : repeat(Number(values.seed)))) ? 0 : 1
