import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { oneCredential, openNats, streamNames } from '@roster/nats'
import { startNats } from '@roster/testing/servers'
import { keysOperations } from '@roster/nats/identity'

import type { Bench, Group } from '../group.ts'
import { compare } from '../measure/compare.ts'
import { resultOf, type Result } from '../measure/result.ts'
import { interleaved } from '../measure/rounds.ts'
import { rate, type Sample } from '../measure/sample.ts'
import { installPeers } from '../peers/install.ts'
import { limitsOf } from '../server/limits.ts'
import type { RosterOptions } from '../step/roster-subject.ts'
import { spawnSubject } from '../subject/spawn.ts'
import { systemClock } from '../world/system.ts'
import type { BusOptions } from './bus-subject.ts'
import { idleResults } from './idle.ts'
import { measures } from './measures.ts'
import type { PublishOptions } from './publish-subject.ts'

/** Seconds of one slice. */
const slice = 5
const warmUp = 3
const mostWarmUps = 8
/** Answers that each task has had, on average, in a round of the warm-up that was good enough. */
const roundTrips = 2
const actors = 256

/** The step over the bus, beside that of a peer and that in one process; publishing; and doing nothing. */
export const natsGroup: Group = async (bench) => [
  ...(await stepResults(bench)),
  ...(await publishResults(bench)),
  ...(await idleResults(bench)),
]

async function stepResults({ server, progress }: Bench): Promise<readonly Result[]> {
  await installPeers(progress)
  progress('opening')
  const folder = await mkdtemp(join(tmpdir(), 'roster-bench-'))
  try {
    const keys = keysOperations({ folder, clock: systemClock })
    await keys.init({ tenant: 'bench' })
    await using nats = await startNats({ config: await keys.config(join(folder, 'accounts')) })
    const url = await server.database('nats_step')
    const host = (name: string, tasks: boolean): ReturnType<typeof spawnSubject> => {
      const options: BusOptions = { url, servers: [new URL(nats.url).host], folder, name, actors, tasks }
      return spawnSubject(import.meta.resolve('./bus-subject.ts'), options)
    }
    await using colleagues = await host('colleagues', false)
    await using tasks = await host('tasks', true)
    const inProcess: RosterOptions = { url: await server.database('nats_in_process'), trust: true, actors }
    await using one = await spawnSubject(import.meta.resolve('../step/roster-subject.ts'), inProcess)
    await using dbos = await spawnSubject(import.meta.resolve('../step/dbos-subject.ts'), {
      url: await server.database('nats_dbos'),
      workflows: actors,
    })
    const bothRun = (amount: number): Promise<readonly Sample[]> =>
      Promise.all([tasks.run(amount), colleagues.run(amount)])
    const both = async (amount: number): Promise<number> => {
      const samples = await bothRun(amount)
      if (samples.some(({ count }) => count === 0))
        throw new Error('one host did everything: nothing went over the bus')
      return together(samples)
    }
    progress('warming up')
    // Until everybody has a connection of their own: who asks and who answers are then under way together.
    for (let round = 0; round < mostWarmUps; round++) {
      const [{ count } = { count: 0 }] = await bothRun(warmUp)
      if (count > actors * roundTrips) break
    }
    await one.run(warmUp)
    await dbos.run(warmUp)
    const rates = await interleaved(
      {
        'over JetStream': () => both(slice),
        'in one process': async () => rate(await one.run(slice)),
        DBOS: async () => rate(await dbos.run(slice)),
      },
      progress,
    )
    const limits = async (): Promise<string> => {
      const other = colleagues.run(slice)
      const said = await limitsOf(server, tasks, slice)
      const { cpuSeconds, seconds } = await other
      return `the host of the tasks: ${said}; that of the colleagues takes ${(cpuSeconds / seconds).toFixed(2)} cores`
    }
    return [
      await resultOf(measures.dbos, compare(rates['over JetStream'], rates.DBOS), limits),
      await resultOf(measures.inProcess, compare(rates['over JetStream'], rates['in one process']), limits),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function publishResults({ server, progress }: Bench): Promise<readonly Result[]> {
  await using nats = await startNats()
  const { host, username: user, password: pass } = new URL(nats.url)
  await using made = openNats({ credentials: oneCredential({ servers: host, user, pass }), name: 'bench' })
  await made.ensureStreams()
  const publisher = (how: PublishOptions['how']): ReturnType<typeof spawnSubject> => {
    const options: PublishOptions = { servers: [host], user, pass, how }
    return spawnSubject(import.meta.resolve('./publish-subject.ts'), options)
  }
  await using client = await publisher('client')
  await using library = await publisher('library')
  await using bus = await emptier({ servers: host, user, pass })
  const published = async (subject: typeof client, amount: number): Promise<number> => {
    await bus.empty()
    return rate(await subject.run(amount))
  }
  for (const subject of [client, library]) await published(subject, 1)
  const rates = await interleaved(
    { client: () => published(client, slice), library: () => published(library, slice) },
    progress,
  )
  await bus.empty()
  return [await resultOf(measures.publish, compare(rates.client, rates.library), () => limitsOf(server, client, slice))]
}

interface Emptier extends AsyncDisposable {
  empty(): Promise<void>
}

/** Nobody takes the tasks here: what one slice has published must leave room for the next. */
async function emptier(options: {
  readonly servers: string
  readonly user: string
  readonly pass: string
}): Promise<Emptier> {
  const connection = await connect(options)
  const { streams } = await jetstreamManager(connection)
  return {
    async empty() {
      await streams.purge(streamNames.task)
    },
    [Symbol.asyncDispose]: () => connection.close(),
  }
}

/** What two hosts did at the same time. */
function together(samples: readonly Sample[]): number {
  return samples.reduce((sum, { count }) => sum + count, 0) / Math.max(...samples.map(({ seconds }) => seconds))
}
