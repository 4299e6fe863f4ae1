import { RosterError, type Clock, type IdSource, type Policy, type Store } from '@roster/core'
import { cancel, deploy, Host, publish, type Alarm, type IntakePorts, type Observation } from '@roster/runtime'

import { contentsOf, type TeamOf } from '../author/team.ts'
import { maxKeptBytes, referenceOf } from '../client/keep-document.ts'
import type { Operations } from '../client/operations.ts'
import { check } from '../operations/check.ts'
import type { OperationsContext } from '../operations/context.ts'
import { deadLetters, resendDeadLetter } from '../operations/dead-letters.ts'
import { exported } from '../operations/export.ts'
import { decide, inbox } from '../operations/inbox.ts'
import { log } from '../operations/log.ts'
import { trustOperations } from '../operations/orders.ts'
import { replay } from '../operations/replay.ts'
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
import { previousContents, type Contents } from './previous-contents.ts'

/** The parts of an assembly that differ between a folder, a server and a rehearsal. */
export interface AssemblyParts {
  readonly store: Store
  readonly policy: Policy
  readonly keys: Keys
  readonly checkpoints: CheckpointLog
  readonly clock: Clock
  readonly alarm: Alarm
  readonly ids: IdSource
  readonly hostName: string
  readonly build: string
  /** Who loads the team, and why. */
  readonly deployment: { readonly by: string; readonly message: string }
  /** Whether the same name and version may come with another digest. @defaultValue true */
  readonly development?: boolean
  readonly observe?: (observation: Observation) => void
}

/** A team at work: its operations, and the host behind them. */
export interface Assembled extends Operations, AsyncDisposable {
  /** Resolves when nothing is under way; what is pending waits for a person or a time. */
  idle(): Promise<void>
  readonly host: Host
  readonly context: OperationsContext
}

/** Puts a team to work on a store. */
export async function assemble(team: TeamOf, parts: AssemblyParts): Promise<Assembled> {
  const { store, policy, keys, checkpoints, clock, alarm, ids } = parts
  const waiting = new Set<() => void>()
  const observe = (observation: Observation): void => {
    parts.observe?.(observation)
    if (observation.kind !== 'appended') return
    for (const wake of waiting) wake()
  }
  const places = openPlaces()
  const host = new Host(
    {
      store,
      team,
      policy,
      effects: effectRunner(team, store, places),
      clock,
      alarm,
      ids,
      sha256,
      signatures: keys,
      keyOf: (name) => keys.keysOf(name)[0],
      observe,
    },
    { name: parts.hostName, build: parts.build, checkPurity: parts.development ?? true },
  )
  const intake: IntakePorts = { store, team, clock, ids, sha256, deliver: (rows) => host.deliver(rows) }
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
  const context: OperationsContext = { team, store, host, intake, policy, keys, checkpoints, clock, changed }
  await host.start()
  await load(team, parts, intake)
  await host.idle()
  return {
    ...operationsOf(context),
    host,
    context,
    idle: () => host.idle(),
    async [Symbol.asyncDispose]() {
      await host.stop()
      await places[Symbol.asyncDispose]()
      await checkpoint(store, keys, clock, checkpoints)
      await store[Symbol.asyncDispose]()
    },
  }
}

/** Records what was loaded and what changed; the same contents again are no new deployment. */
export async function load(
  team: TeamOf,
  {
    store,
    policy,
    deployment,
    development = true,
  }: Pick<AssemblyParts, 'store' | 'policy' | 'deployment' | 'development'>,
  intake: IntakePorts,
): Promise<void> {
  const contents: Contents = {
    ...contentsOf(team),
    policies: policy.digest,
    configuration: sha256(JSON.stringify(team.configuration)),
  }
  const before = await previousContents(store, team.name)
  const changed = Object.keys(contents).filter((id) => before[id] !== undefined && before[id] !== contents[id])
  const renamed = changed.filter((id) => id.includes('@'))
  if (renamed.length > 0 && !development) {
    throw new RosterError('definition-changed', `${renamed.join(', ')} changed without a new version`, {
      path: renamed[0] ?? '',
      hint: 'Give it a new version: what ran under this one is on record.',
    })
  }
  const added = Object.keys(contents).filter((id) => before[id] === undefined)
  const removed = Object.keys(before).filter((id) => contents[id] === undefined)
  if (added.length + removed.length + changed.length === 0) return
  await deploy(intake, { ...deployment, difference: { added, removed, changed }, contents })
}

/** What can be asked of a team, on the parts that it is made of. */
export function operationsOf(context: OperationsContext): Operations {
  const { team, store, intake } = context
  return {
    publish: ({ playbook, input, idempotencyKey, requester }) =>
      publish(intake, { playbook, input, idempotencyKey, requester }),
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
    log: (query) => log(context, query),
    replay: (query) => replay(context, query),
    why: (query) => why(context, query),
    verify: () => verify(context),
    export: (query) => exported(context, query),
    check: () => check(team),
    deadLetters: () => deadLetters(context),
    resend: (letter) => resendDeadLetter(context, letter),
    totals: () => totals(context),
    ...trustOperations(context),
  }
}
