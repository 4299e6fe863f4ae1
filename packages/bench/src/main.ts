import type { Group } from './group.ts'
import { seconds } from './measure/stopwatch.ts'
import { natsGroup } from './nats/group.ts'
import { replayGroup } from './replay/group.ts'
import { thisMachine } from './report/machine.ts'
import type { ReportedResult } from './report/report.ts'
import { table } from './report/table.ts'
import { versions } from './report/versions.ts'
import { write } from './report/write.ts'
import { openServer } from './server/bench-server.ts'
import { stepGroup } from './step/group.ts'
import { storeGroup } from './store/group.ts'
import { trustGroup } from './step/trust-group.ts'
import { temporalGroup } from './temporal/group.ts'

const groups: Readonly<Record<string, Group>> = {
  store: storeGroup,
  step: stepGroup,
  trust: trustGroup,
  replay: replayGroup,
  temporal: temporalGroup,
  nats: natsGroup,
}

/** `pnpm bench [group …]`: measures, prints a table, and writes `docs/reference/performance.json` and `performance.md`. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => groups[name] === undefined)
  if (unknown !== undefined) {
    process.stderr.write(`There is no group "${unknown}": ${Object.keys(groups).join(', ')}.\n`)
    process.exitCode = 2
    return
  }
  const start = seconds()
  const machine = thisMachine()
  const say = (text: string): void =>
    void process.stderr.write(`${(seconds() - start).toFixed(0).padStart(4)} s  ${text}\n`)
  say('starting PostgreSQL')
  await using server = await openServer()
  const results: ReportedResult[] = []
  for (const [group, run] of Object.entries(groups)) {
    if (names.length > 0 && !names.includes(group)) continue
    const measured = await run({ server, progress: (text) => say(`${group}: ${text}`) })
    // oxlint-disable-next-line roster/no-ambient -- a program's own report says when it was made
    const at = new Date().toISOString()
    results.push(...measured.map((result) => ({ group, at, ...result })))
    // At once: a later group that fails takes no figures with it.
    await write({ machine, versions: versions(server.version), results }, Object.keys(groups))
  }
  process.stdout.write(`\n${table(results)}`)
}

await main(process.argv.slice(2))
