import { parseStream, type Store } from '@roster/core'
import { memoryStore } from '@roster/runtime'

import { startHost, type Surroundings } from './actor-host.ts'
import { Client } from './client.ts'
import { startCoordinator } from './coordinator.ts'
import { countedIds } from './counted-ids.ts'
import { Faults, type Struck } from './faults.ts'
import { pendingEverywhere, recordsOf, type Evidence } from './invariant/evidence.ts'
import { violationsOf, type Violation } from './invariant/invariants.ts'
import type { AfterOperation, Life } from './life.ts'
import { Network } from './network.ts'
import { Outside } from './outside.ts'
import { plannedFaults } from './plan.ts'
import { Process } from './process.ts'
import { random, type Random } from './random.ts'
import { Scheduler } from './scheduler.ts'
import { storeView } from './store-view.ts'
import { weakStore, weakView, type Weakness } from './weakness.ts'
import { Witness } from './witness.ts'

/** How a schedule is run. */
export interface ScheduleOptions {
  /** An adapter that does less than it has to. */
  readonly weakness?: Weakness | undefined
  /** Is told what happens, line by line. */
  readonly trace?: ((line: string) => void) | undefined
}

/** What became of one schedule. */
export interface Outcome {
  readonly seed: number
  readonly operations: number
  readonly faults: readonly Struck[]
  readonly records: number
  readonly violations: readonly Violation[]
}

const newYear = 1_767_225_600_000
/** Virtual time after which whatever has not ended is lost, in milliseconds. */
const patienceMs = 240_000

/** Runs one schedule: clients, a coordinator and two hosts, in an order and with faults that follow from the seed alone. */
export async function simulate(seed: number, { weakness, trace }: ScheduleOptions = {}): Promise<Outcome> {
  const chance = random(seed)
  const clock = new Scheduler(chance, newYear, trace)
  const network = new Network(clock, chance, {
    loss: 0.05,
    repetition: 0.05,
    delay: 0.05,
    acknowledgesFirst: weakness === 'acknowledged-first',
  })
  const surroundings: Surroundings = { clock, random: chance, network, outside: new Outside(), weakness }
  const store = memoryStore({ tenant: 'simulation', clock })
  const witness = new Witness(trace)
  const clients = clientsOf(chance)
  const processes: Process[] = []
  const faults = new Faults(plannedFaults(seed, chance), chance, { processes, network }, trace)
  const viewOf = (life: Life): Store =>
    weakView(storeView(witness.watch(weakStore(store, weakness, countedIds(`any ${life.name}`)), life), life), weakness)
  const add = (name: string, boot: (life: Life) => Promise<void>): void => {
    const after: AfterOperation = (life, operation) => faults.after(life, operation)
    processes.push(new Process(name, boot, { scheduler: clock, random: chance, after }))
  }
  add('coordinator', (life) => startCoordinator(life, viewOf(life), surroundings))
  add('host-a', (life) => startHost(life, viewOf(life), surroundings))
  add('host-b', (life) => startHost(life, viewOf(life), surroundings))
  for (const [index, client] of clients.entries())
    add(`client-${index + 1}`, (life) => client.start(life, surroundings))
  for (const process of processes) process.start()

  await clock.run(() => isOver(store, clients), newYear + patienceMs)
  const { trespasses } = witness
  const { deeds } = surroundings.outside
  const evidence: Evidence = {
    records: await recordsOf(store),
    heads: await store.heads(),
    pending: await pendingEverywhere(store),
    deeds,
    clients,
    trespasses,
  }
  const { operations, struck } = faults
  return { seed, operations, faults: struck, records: evidence.records.length, violations: violationsOf(evidence) }
}

function clientsOf(chance: Random): readonly Client[] {
  return Array.from(
    { length: chance.chance(0.4) ? 2 : 1 },
    (_, index) => new Client({ order: `order-${index + 1}` }, chance.chance(0.2)),
  )
}

/** Whether every client is content, nothing waits, and every task and job has ended. */
async function isOver(store: Store, clients: readonly Client[]): Promise<boolean> {
  if (!clients.every(({ content }) => content) || (await pendingEverywhere(store)).length > 0) return false
  const ending = (await store.heads()).filter(({ stream }) => ['task', 'job'].includes(parseStream(stream).kind))
  return ending.length > 0 && ending.every(({ final }) => final)
}
