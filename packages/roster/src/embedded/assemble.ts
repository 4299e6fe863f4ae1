import {
  failureOf,
  parseStream,
  type Clock,
  type IdSource,
  type NewPending,
  type Policy,
  type Store,
} from '@roster/core'
import { cancel, Host, publish, type Alarm, type Observation, type Said } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import type { OpenTaskDriver } from '../coordination/task-driver.ts'
import { maxKeptBytes, referenceOf } from '../client/keep-document.ts'
import type { Operations } from '../client/operations.ts'
import { planLoading, recordLoading } from '../deployment/load.ts'
import { openDoor } from '../door/open-door.ts'
import { check } from '../operations/check.ts'
import type { OperationsContext } from '../operations/context.ts'
import { deadLetters, resendDeadLetter } from '../operations/dead-letters.ts'
import { exported } from '../operations/export.ts'
import { decide, inbox } from '../operations/inbox.ts'
import { log } from '../operations/log.ts'
import { trustOperations } from '../operations/orders.ts'
import { keepOwnersTold } from '../operations/keep-owners-told.ts'
import { prompt } from '../operations/prompt.ts'
import { replay } from '../operations/replay.ts'
import { scheduleOperations } from '../operations/schedules.ts'
import { tellOwners } from '../operations/status-tell.ts'
import { status } from '../operations/status.ts'
import { settled, task, tasks } from '../operations/tasks.ts'
import { totals, who } from '../operations/who.ts'
import { why } from '../operations/why.ts'
import { openPlaces } from '../place/places.ts'
import { sha256 } from '../sha256.ts'
import { verify } from '../verify/verify.ts'
import { checkpoint, type CheckpointLog } from './checkpoints.ts'
import type { Keys } from './keys.ts'
import { effectRunner } from './run-effect.ts'
import { memoryCommits, type CommitLog } from './commits.ts'
import { signedStore, signFound } from './signed-store.ts'

/** The parts of an assembly that differ between a folder, a server and a rehearsal. */
export interface AssemblyParts {
  readonly store: Store
  readonly policy: Policy
  readonly keys: Keys
  readonly checkpoints: CheckpointLog
  /** Where the host's signatures over its commits are kept. @defaultValue in memory, for rehearsals */
  readonly commits?: CommitLog
  readonly clock: Clock
  readonly alarm: Alarm
  readonly ids: IdSource
  readonly hostName: string
  readonly build: string
  /** Who loads the team, and why. */
  readonly deployment: { readonly by: string; readonly message: string }
  /** Whether the same name and version may come with another digest. @defaultValue true */
  readonly development?: boolean
  /** Whether somebody must have signed for exactly this team. @defaultValue false */
  readonly production?: boolean
  /** Drives the tasks elsewhere. @defaultValue none: the host drives them itself */
  readonly drive?: OpenTaskDriver
  readonly observe?: (observation: Observation) => void
  /** Is told the words of models as they say them. @defaultValue nobody watches */
  readonly watch?: (said: Said) => void
}

/** A team at work: its operations, and the host behind them. */
export interface Assembled extends Operations, AsyncDisposable {
  /** Resolves when nothing is under way; what is pending waits for a person or a time. */
  idle(): Promise<void>
  readonly host: Host
  readonly context: OperationsContext
}

/** How often it is looked whether something happened elsewhere, in milliseconds. */
const lookMs = 100

/** Puts a team to work on a store. */
export async function assemble(team: TeamOf, parts: AssemblyParts): Promise<Assembled> {
  const { policy, keys, checkpoints, clock, alarm, ids, commits = memoryCommits() } = parts
  const signing = { keys, clock, log: commits, host: parts.hostName }
  const store = signedStore(parts.store, signing)
  await signFound(store, signing, (await checkpoints.all()).at(-1)?.position ?? 0)
  const waiting = new Set<() => void>()
  const observe = (observation: Observation): void => {
    parts.observe?.(observation)
    if (observation.kind !== 'appended') return
    for (const wake of waiting) wake()
    door.noticed(observation)
    if (observation.final && parseStream(observation.stream).kind === 'task') ended()
  }
  const places = openPlaces()
  const transitions = {
    store,
    team,
    policy,
    clock,
    ids,
    sha256,
    signatures: keys,
    keyOf: (name: string) => keys.keysOf(name)[0],
    observe,
  }
  const driver = await parts.drive?.(
    { ...transitions, deliver: (rows) => host.deliver(rows), load: (colleague) => host.load(colleague) },
    { name: parts.hostName, build: parts.build },
  )
  const host = new Host(
    {
      ...transitions,
      effects: effectRunner(team, store, places),
      alarm,
      ...(driver === undefined ? {} : { tasks: driver }),
      ...watching(parts),
    },
    { name: parts.hostName, build: parts.build, checkPurity: parts.development ?? true },
  )
  const starting = driver === undefined ? {} : { starter: driver.starter }
  const ports = {
    store,
    team,
    clock,
    ids,
    sha256,
    policy,
    deliver: (rows: readonly NewPending[]) => host.deliver(rows),
    ...starting,
  }
  const failed = (error: unknown): void => observe({ kind: 'unpublished', messages: 0, failure: failureOf(error) })
  const door = openDoor({ ports, alarm, failed })
  const { intake } = door
  const changed = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake)
        alarm.set(`changed/${name}`, null, () => {})
        resolve()
      }
      const name = ids.id()
      waiting.add(wake)
      alarm.set(`changed/${name}`, clock.now() + ms, wake)
    })
  // Where tasks are driven elsewhere, that nothing is under way here says nothing: it is looked again and again.
  const working = driver === undefined ? host : { idle: () => changed(lookMs) }
  const context: OperationsContext = {
    team,
    store,
    host: working,
    intake,
    policy,
    keys,
    checkpoints,
    commits,
    clock,
    changed,
  }
  const ended = keepOwnersTold(context, alarm, failed)
  // What may not be loaded does not run either: nothing that is pending is taken up before.
  const plan = await planLoading(team, { ...parts, store })
  await host.start()
  await recordLoading(intake, plan)
  await host.idle()
  await driver?.start()
  await door.open()
  return {
    ...operationsOf(context),
    host,
    context,
    async idle() {
      do await host.idle()
      while (await door.idle())
    },
    async [Symbol.asyncDispose]() {
      await door.close()
      await driver?.[Symbol.asyncDispose]()
      await host.stop()
      await places[Symbol.asyncDispose]()
      await checkpoint(store, keys, clock, checkpoints)
      await commits.close()
      await store[Symbol.asyncDispose]()
    },
  }
}

function watching({ watch }: AssemblyParts): Pick<AssemblyParts, 'watch'> {
  return watch === undefined ? {} : { watch }
}

/** What can be asked of a team, on the parts that it is made of. */
export function operationsOf(context: OperationsContext): Operations {
  const { team, store, intake } = context
  return {
    publish: ({ playbook, input, idempotencyKey, requester, priority }) =>
      publish(intake, { playbook, input, idempotencyKey, requester, ...(priority === undefined ? {} : { priority }) }),
    keepDocument: async (document) => {
      const reference = referenceOf(document)
      if (reference.bytes <= maxKeptBytes)
        await store.putBlob(Buffer.from(document.base64, 'base64').toString('base64'))
      return reference
    },
    tasks: (filter) => tasks(context, filter),
    task: (id) => task(context, id),
    settled: (id, timeoutMs) => settled(context, id, timeoutMs),
    cancel: (id, by) => cancel(intake, id, by),
    inbox: (person) => inbox(context, person),
    decide: (decision) => decide(context, decision),
    who: () => who(context),
    status: () => status(context),
    tellOwners: () => tellOwners(context),
    log: (query) => log(context, query),
    replay: (query) => replay(context, query),
    why: (query) => why(context, query),
    prompt: (digest) => prompt(store, digest),
    verify: () => verify(context),
    export: (query) => exported(context, query),
    check: () => check(team),
    deadLetters: () => deadLetters(context),
    resend: (letter) => resendDeadLetter(context, letter),
    totals: () => totals(context),
    ...trustOperations(context),
    ...scheduleOperations(context),
  }
}
