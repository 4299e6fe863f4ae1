import {
  rebuild,
  signedText,
  streamName,
  type ActorState,
  type Approval,
  type ApprovalRequest,
  type Envelope,
  type Json,
  type StoredRecord,
} from '@roster/core'
import { cancel, decide, deploy, publish } from '@roster/runtime'

import type { CrashOrders } from '../crash/crash-points.ts'
import { sha256 } from '../id/sha256.ts'
import type { Coordinated, OpenCoordinator } from './coordinated.ts'
import type { Order } from './coordinator-playbooks.ts'
import { CountedNotes, coordinatorPolicy, coordinatorSignatures, coordinatorTeam } from './coordinator-team.ts'

/** How a task ended. */
export interface Ended {
  readonly status: string
  readonly output: Json
  readonly error: Json
}

const genesis = '0'.repeat(64)
const team = coordinatorTeam.name

/** A coordinator with the contract's team at work, and the questions that the contract asks. */
export class CoordinatorStage {
  readonly world: Coordinated
  readonly notes: CountedNotes
  #keys = 0

  private constructor(world: Coordinated, notes: CountedNotes) {
    this.world = world
    this.notes = notes
  }

  static async open(open: OpenCoordinator, crash?: CrashOrders): Promise<CoordinatorStage> {
    const notes = new CountedNotes()
    const world = await open({
      team: coordinatorTeam,
      policy: coordinatorPolicy,
      effects: notes,
      signatures: coordinatorSignatures,
      ...(crash === undefined ? {} : { crash }),
    })
    await deploy(world.intake, { by: 'eve', message: 'contract', difference: {}, contents: { team: 'contract' } })
    return new CoordinatorStage(world, notes)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]()
  }

  /** Publishes a task; answers its id. */
  async publish(
    playbook: string,
    order: Partial<Order> = {},
    {
      key = `key ${(this.#keys += 1)}`,
      requester = 'web',
      priority,
    }: { readonly key?: string; readonly requester?: string; readonly priority?: number } = {},
  ): Promise<string> {
    const input = { ms: this.world.delayMs, ...order } as unknown as Json
    const publication = { playbook, input, requester, idempotencyKey: key }
    const { task } = await publish(
      this.world.intake,
      priority === undefined ? publication : { ...publication, priority },
    )
    return task
  }

  async cancel(task: string): Promise<void> {
    await cancel(this.world.intake, task, 'web')
  }

  /** Waits until something holds. */
  async until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const seen = await look()
      if (seen !== undefined) return seen
      await this.world.pass()
    }
  }

  /** Waits until a task has ended. */
  async end(task: string): Promise<Ended> {
    const last = await this.until(async () => {
      const records = await this.records(task)
      return envelopeOf(records.at(-1))?.outcome === undefined ? undefined : records.at(-1)
    })
    const { error = null } = JSON.parse(last.body ?? '{}') as { readonly error?: Json }
    const { machine } = await this.state(task)
    return { status: envelopeOf(last)?.outcome?.status ?? '', output: machine.output ?? null, error }
  }

  /** Waits until a task is in a state. */
  async reach(task: string, state: Json): Promise<void> {
    await this.until(async () => {
      const after = envelopeOf((await this.records(task)).at(-1))?.after
      return JSON.stringify(after) === JSON.stringify(state) ? true : undefined
    })
  }

  async records(task: string): Promise<readonly StoredRecord[]> {
    return await this.world.store.read(streamName.task(team, task))
  }

  /** What a task's records say: kind, state, cause. */
  async history(task: string): Promise<readonly (readonly [kind: string, after: Json, cause: string])[]> {
    return (await this.records(task)).map((record) => {
      const { kind, after, cause } = JSON.parse(record.envelope) as Envelope
      return [kind, after, cause.type] as const
    })
  }

  async state(task: string): Promise<ActorState> {
    const { state } = rebuild(await this.records(task), sha256, { state: null, hash: genesis })
    if (state === null) throw new Error(`${task} has no state`)
    return state
  }

  /** Waits until somebody is asked, and decides. */
  async decide(person: string, decision: Approval['decision']): Promise<void> {
    const job = await this.until(async () => {
      const streams = (await this.world.store.heads()).filter(({ final, version }) => !final && version > 0)
      return streams.find(({ stream }) => stream.startsWith(`${streamName.person(team, person)}/job/`))?.stream
    })
    const { state } = rebuild(await this.world.store.read(job), sha256, { state: null, hash: genesis })
    if (state === null) throw new Error(`${job} has no state`)
    const { input } = state.machine.context as unknown as { readonly input: ApprovalRequest }
    const { tool, argumentsDigest, expiresAt } = input
    const key = `key of ${person}`
    const unsigned = {
      id: `approval of ${job}`,
      task: state.origin?.correlationId ?? '',
      person,
      role: coordinatorTeam.colleagues[person]?.role ?? '',
      decision,
      tool,
      argumentsDigest,
      expiresAt,
      policySet: coordinatorPolicy.digest,
      at: this.world.intake.clock.now(),
      key,
    }
    const signature = coordinatorSignatures.sign(key, signedText(unsigned))
    await decide(this.world.intake, job, { ...unsigned, signature })
  }
}

function envelopeOf(record: StoredRecord | undefined): Envelope | undefined {
  return record === undefined ? undefined : (JSON.parse(record.envelope) as Envelope)
}
