import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { NewPending, Store } from '@roster/core'
import {
  Admission,
  CoordinatedTasks,
  Host,
  memoryStore,
  reconcileTasks,
  Scheduler,
  TaskCourier,
  tellOfVersions,
  type HostPorts,
  type IntakePorts,
  type Observation,
  type Reconciled,
} from '@roster/runtime'
import { crashPoints, seededIds, sha256, type Coordinated, type CoordinatorParts } from '@roster/testing'
import type { Client } from '@temporalio/client'
import { DefaultLogger, Runtime } from '@temporalio/worker'

import { bundlePlaybooks, connectTemporal, taskQueueOf, taskWorker, TemporalStarter } from '../../src/index.ts'
import { systemAlarm } from './system-alarm.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const bundles = new Map<string, ReturnType<typeof bundlePlaybooks>>()

/** Each file is bundled once. */
export function bundleOf(workflows = 'workflows.ts'): ReturnType<typeof bundlePlaybooks> {
  const bundle = bundles.get(workflows) ?? bundlePlaybooks(fileURLToPath(new URL(workflows, import.meta.url)))
  bundles.set(workflows, bundle)
  return bundle
}

const clock = { now: () => Date.now() }

/** How a world on Temporal is opened. */
export interface TemporalWorldParts extends CoordinatorParts {
  readonly address: string
  /** @defaultValue a store in memory */
  readonly store?: Store
  /** @defaultValue a queue of its own: tests share a server */
  readonly taskQueue?: string
  /** Whether the worker waits until it is told to begin. @defaultValue false */
  readonly later?: boolean
  /** The file of the playbooks' bundle. @defaultValue `workflows.ts` */
  readonly workflows?: string
}

/** What a world on Temporal shows of itself. */
export interface TemporalWorld extends Coordinated {
  readonly client: Client
  readonly starter: TemporalStarter
  readonly tasks: CoordinatedTasks
  readonly taskQueue: string
  /** Lets a worker begin that was to wait. */
  begin(): void
  /** Drives again what nobody drives. */
  reconcile(): Promise<Reconciled>
}

/** A worker and a host in this process, on a Temporal server. */
export async function openTemporal({
  address,
  crash,
  workflows,
  later = false,
  ...parts
}: TemporalWorldParts): Promise<TemporalWorld> {
  const { team } = parts
  const store = parts.store ?? memoryStore({ tenant: team.name, clock })
  const temporal = await connectTemporal({ address })
  const { client, connection, prepare } = temporal
  const taskQueue = parts.taskQueue ?? `${taskQueueOf(team.name)}/${randomUUID()}`
  const starter = new TemporalStarter({ client, team, taskQueue, prepare })
  const { happens, wait } = happenings()

  let host: Host | undefined = undefined
  const alarm = systemAlarm(clock)
  const door = { store, team, clock, starter, deliver: (rows: readonly NewPending[]) => host?.deliver(rows) }
  const admission = new Admission(door, { alarm, everyMs: 500 })
  const observe = (observation: Observation): void => {
    happens()
    if (observation.kind === 'appended' && observation.final) admission.ended(observation.stream)
  }
  const courier = new TaskCourier({ starter, late: (stream) => sound.late(stream), observe: happens })
  const stepsOn = (view: Store, name: string): CoordinatedTasks =>
    new CoordinatedTasks(
      {
        ...parts,
        store: view,
        clock,
        ids: seededIds(name),
        sha256,
        observe,
        deliver: (rows) => host?.deliver(rows),
        load: (stream) => host?.load(stream) ?? 0,
      },
      { name, build: 'test' },
    )
  const sound = stepsOn(store, 'sound')
  const ports: HostPorts = {
    ...parts,
    store,
    clock,
    alarm,
    ids: seededIds('host'),
    sha256,
    observe,
    tasks: courier,
  }
  // A thousand tasks ask one colleague at once.
  host = new Host(ports, { name: 'host', build: 'test', mailboxDepth: 10_000 })
  await host.start()

  // What dies here is the process's memory: the worker that tries again is another one to the steps. A worker that is killed is tested apart.
  let steps =
    crash === undefined
      ? sound
      : stepsOn(
          crashPoints(store, crash, () => (steps = sound)),
          'dying',
        )
  const worker = await taskWorker({
    connection,
    team: team.name,
    taskQueue,
    bundle: await bundleOf(workflows),
    steps: { advance: (request) => steps.advance(request), resume: (request) => steps.resume(request) },
  })
  let running: Promise<void> | undefined
  const begin = (): void => void (running = worker.run())
  if (!later) begin()

  const outside = { ids: seededIds(`outside ${randomUUID()}`), sha256, policy: parts.policy, admission }
  const intake: IntakePorts = { ...door, ...outside }
  const reconcile = async (): Promise<Reconciled> => {
    const bring: TaskCourier['bring'] = (row) => courier.bring(row)
    const reconciled = await reconcileTasks(
      { store, team, bring, restart: (task) => starter.restart(task) },
      { ageMs: 0 },
    )
    await tellOfVersions(intake, reconciled.waiting)
    return reconciled
  }
  return {
    store,
    intake,
    openScheduler: (view = store) =>
      new Scheduler({ ...intake, store: view }, { alarm: systemAlarm(clock), failed: () => {} }),
    async recover() {
      await host.recover()
      await reconcile()
    },
    wait: (ms) => delay(ms),
    client,
    starter,
    tasks: sound,
    taskQueue,
    begin,
    reconcile,
    delayMs: 300,
    pass: wait,
    async [Symbol.asyncDispose]() {
      await admission.stop()
      if (running !== undefined) worker.shutdown()
      await running
      await host.stop()
      await courier.idle()
      await temporal[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

/** Tells whoever waits that something happened; after a while, that something may have. */
function happenings(): { readonly happens: () => void; readonly wait: () => Promise<void> } {
  const waiting = new Set<() => void>()
  const happens = (): void => {
    for (const wake of waiting) wake()
  }
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, 100)
      waiting.add(wake)
    })
  return { happens, wait }
}
