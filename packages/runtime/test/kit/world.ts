import {
  orderText,
  parseStream,
  rebuild,
  signedText,
  streamName,
  type ActorState,
  type Approval,
  type ApprovalRequest,
  type Envelope,
  type Json,
  type JsonObject,
  type Message,
  type NewPending,
  type Policy,
  type Question,
  type Store,
  type StoredRecord,
  type Team,
  type Verdict,
} from '@roster/core'
import { fixedClock, seededIds, sha256 } from '@roster/testing'

import {
  cancel,
  decide,
  deploy,
  Host,
  memoryStore,
  publish,
  type EffectRunner,
  type HostOptions,
  type IntakePorts,
  type MemoryStore,
  type Observation,
} from '../../src/index.ts'
import { fromOutside } from '../../src/intake/intake.ts'
import { ScriptedEffects } from './effects.ts'
import { team as acme } from './team.ts'
import { virtualAlarm, type VirtualAlarm } from './virtual-alarm.ts'

/** What may differ between two hosts of a world. */
export interface HostParts extends Partial<HostOptions> {
  /** Its view of the store: one that crashes, for instance. */
  readonly store?: Store
  readonly effects?: EffectRunner
}

interface WorldParts {
  readonly team?: Team
  readonly allows?: (question: Question) => boolean
  readonly store?: MemoryStore
}

/** A host with what it was built on. */
export interface Hosted {
  readonly host: Host
  readonly alarm: VirtualAlarm
  readonly intake: IntakePorts
}

/** A team at work in virtual time, over a store in memory: one host, or several that come and go. */
export class World {
  readonly clock = fixedClock()
  readonly store: MemoryStore
  readonly team: Team
  readonly effects = new ScriptedEffects()
  readonly seen: Observation[] = []
  readonly policy: Policy
  readonly #outside = seededIds('outside')
  #hosts: Hosted[] = []
  #count = 0

  constructor({ team = acme, allows = () => true, store }: WorldParts = {}) {
    this.team = team
    this.store = store ?? memoryStore({ tenant: 'acme', clock: this.clock })
    this.policy = policyOf(allows)
  }

  /** A world with one host at work, whose team is loaded. */
  static async begin(parts: WorldParts & { readonly host?: HostParts } = {}): Promise<World> {
    const world = new World(parts)
    await world.open(parts.host)
    await world.load()
    return world
  }

  /** Starts a host. */
  async open({ store = this.store, effects = this.effects, ...options }: HostParts = {}): Promise<Hosted> {
    const name = options.name ?? `host-${(this.#count += 1)}`
    const alarm = virtualAlarm(this.clock)
    const ids = seededIds(name)
    const { team, policy, clock } = this
    const signatures = {
      verify: (key: string, text: string, signature: string) => signature === signed(key, text),
      keysOf: (person: string) => [`key of ${person}`],
    }
    const observe = (observation: Observation): void => void this.seen.push(observation)
    const host = new Host(
      { store, team, policy, effects, clock, alarm, ids, sha256, signatures, observe },
      { build: 'test', ...options, name },
    )
    const intake: IntakePorts = {
      store,
      team,
      clock,
      ids: this.#outside,
      sha256,
      deliver: (rows) => host.deliver(rows),
    }
    const hosted = { host, alarm, intake }
    this.#hosts.push(hosted)
    await host.start()
    return hosted
  }

  /** Forgets a host that has died; nothing more comes from it. */
  bury(dead: Hosted): void {
    this.#hosts = this.#hosts.filter((one) => one !== dead)
  }

  async load(): Promise<void> {
    await deploy(this.intake, { by: 'eve', message: 'first', difference: {}, contents: { team: this.team.digest } })
    await this.settle()
  }

  /** Publishes a task, and answers its id. */
  async publish(playbook: string, input: Json, key = `${playbook}/${JSON.stringify(input)}`): Promise<string> {
    return (await publish(this.intake, { playbook, input, requester: 'web', idempotencyKey: key })).task
  }

  /** Sends something from outside. */
  async send(to: string, type: string, payload: Json = null, client = 'web'): Promise<void> {
    await fromOutside(this.intake, { client, key: `${type}/${(this.#count += 1)}`, to, type, task: '', payload })
  }

  /** Sends an order that a person has signed. */
  async order(to: string, type: string, payload: JsonObject, person = 'eve'): Promise<void> {
    const unsigned = { id: `order ${(this.#count += 1)}`, person, at: this.clock.now(), key: `key of ${person}` }
    const signature = signed(unsigned.key, orderText({ to, type, payload }, unsigned))
    await this.send(to, type, { ...payload, signed: { ...unsigned, signature } }, person)
  }

  /** Puts a row into the store as a sender's record would, and hands it to the hosts. */
  async insert(message: Message, parts: Partial<NewPending> = {}): Promise<void> {
    const { id, to: stream, sender, type } = message
    const rest = { dueAt: null, expiresAt: message.expiresAt ?? null, body: JSON.stringify(message), lease: null }
    const row: NewPending = { id, kind: 'message', stream, sender, type, control: false, ...rest, ...parts }
    await this.store.accept({ client: 'test', key: id, answer: '{}', pending: [row] })
    for (const { host } of this.#hosts) host.deliver([row])
  }

  async cancel(task: string): Promise<void> {
    await cancel(this.intake, task, 'web')
  }

  /** Lets everything run that can run now. */
  async settle(): Promise<void> {
    do for (const { host } of this.#hosts) await host.idle()
    while (this.#hosts.some(({ alarm }) => alarm.ring()))
  }

  /** Lets time go on, from one alarm to the next. */
  async advance(ms: number): Promise<void> {
    const end = this.clock.now() + ms
    await this.settle()
    for (let next = this.#next(); next !== null && next <= end; next = this.#next()) {
      this.clock.advance(Math.max(0, next - this.clock.now()))
      await this.settle()
    }
    this.clock.advance(end - this.clock.now())
  }

  /** Decides all that waits in a person's inbox. */
  async decideAll(decision: Approval['decision'], person = 'eve'): Promise<number> {
    const open = (await this.store.heads()).filter(
      ({ stream, final }) => !final && stream.startsWith(`${streamName.person('acme', person)}/job/`),
    )
    for (const { stream } of open) {
      const { machine, origin } = await this.state(stream)
      const { tool, argumentsDigest, expiresAt } = (machine.context as unknown as { input: ApprovalRequest }).input
      const about = { tool, argumentsDigest, policySet: this.policy.digest, at: this.clock.now(), expiresAt }
      const unsigned = {
        id: `approval of ${stream}`,
        task: origin?.correlationId ?? '',
        person,
        role: 'chief',
        decision,
        ...about,
        key: `key of ${person}`,
      }
      await decide(this.intake, stream, { ...unsigned, signature: signed(unsigned.key, signedText(unsigned)) })
    }
    return open.length
  }

  get intake(): IntakePorts {
    const [first] = this.#hosts
    if (first === undefined) throw new Error('there is no host')
    return first.intake
  }

  async records(stream: string): Promise<readonly Envelope[]> {
    return (await this.store.read(stream)).map(envelopeOf)
  }

  /** All records, in the tenant's order. */
  async history(): Promise<readonly Envelope[]> {
    return (await this.store.readAll(0, 100_000)).map(envelopeOf)
  }

  async state(stream: string): Promise<ActorState> {
    const { state } = rebuild(await this.store.read(stream), sha256, { state: null, hash: '0'.repeat(64) })
    if (state === null) throw new Error(`${stream} has no state`)
    return state
  }

  /** How a task ended: its status and what it put out or failed with. */
  async outcome(
    task: string,
  ): Promise<{ readonly status: string | undefined; readonly output: Json; readonly error: Json }> {
    const records = await this.store.read(streamName.task('acme', task))
    const last = records.at(-1)
    if (last === undefined) return { status: undefined, output: null, error: null }
    const { error = null } = JSON.parse(last.body ?? '{}') as { error?: Json }
    const { machine } = await this.state(last.stream)
    return { status: envelopeOf(last).outcome?.status, output: machine.output ?? null, error }
  }

  /** Ids of what is pending anywhere. */
  async pending(): Promise<readonly string[]> {
    const partitions = Array.from({ length: 32 }, (_, index) => index)
    const rows = await this.store.pendingIn(partitions, { dueBy: Number.MAX_SAFE_INTEGER })
    return rows.map(({ id }) => id)
  }

  #next(): number | null {
    const times = this.#hosts.flatMap(({ alarm }) => alarm.next() ?? [])
    return times.length === 0 ? null : Math.min(...times)
  }
}

/** State values of each stream, in order: what a run came to, whoever ran it. */
export async function chainsOf(world: World): Promise<Readonly<Record<string, readonly Json[]>>> {
  const chains: Record<string, Json[]> = {}
  for (const { stream, kind, after } of await world.history()) (chains[stream] ??= []).push([kind, after])
  return chains
}

export function envelopeOf({ envelope }: StoredRecord): Envelope {
  return JSON.parse(envelope) as Envelope
}

/** Whether a stream is a task's or a job's. */
export function isWork(stream: string): boolean {
  return ['task', 'job'].includes(parseStream(stream).kind)
}

function policyOf(allows: (question: Question) => boolean): Policy {
  const digest = sha256('policies')
  const decideOne = (question: Question): Verdict => {
    const allowed = allows(question)
    return {
      allowed,
      policies: allowed ? ['p1'] : [],
      policySet: digest,
      reason: allowed ? 'p1 permits it' : 'no policy permits it',
    }
  }
  return { digest, decide: decideOne }
}

function signed(key: string, text: string): string {
  return sha256(`${key} signs ${text}`)
}
