import { setTimeout as delay } from 'node:timers/promises'

import { isRosterError } from '@roster/core'
import { freshDatabase, startNats, type TestServer } from '@roster/testing/servers'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'

import { openCoordinator, settingsOf, type Coordinator } from '../../../src/distributed.ts'
import { temporaryFolder } from '../../socket/temporary-folder.ts'
import { cashiers, paid, shelves, shop } from '../shop.ts'
import { Customer } from './customer.ts'
import { MemberProcess } from './member-process.ts'
import { orderOf } from './order.ts'

/** How long a host keeps a partition without renewal, in milliseconds. */
export const leaseMs = 1000

/** Every so many orders are for six things of one cashier at once. */
const stockEvery = 10

export interface TrialOptions {
  readonly databaseUrl?: string
  /** Hosts at the start. @defaultValue 2 */
  readonly hosts?: number
  /** What the environment of each host has beside the necessary. */
  readonly env?: Readonly<Record<string, string>>
}

/** A shop at work over real servers, with hosts as processes and a customer who wants things all the time, while something goes wrong. */
export class Trial implements AsyncDisposable {
  readonly folder: string
  readonly nats: TestServer
  readonly coordinator: Coordinator
  readonly customer: Customer
  hosts: readonly MemberProcess[] = []
  readonly #env: Readonly<Record<string, string>>
  readonly #stack: AsyncDisposableStack
  #orders = 0
  /** Published to the coordinator itself, which takes them whatever becomes of the bus. */
  #direct = 0
  #started = 0

  // oxlint-disable-next-line max-params -- the parts of one trial, put together once
  private constructor(
    stack: AsyncDisposableStack,
    folder: string,
    nats: TestServer,
    coordinator: Coordinator,
    customer: Customer,
    env: Readonly<Record<string, string>>,
  ) {
    this.#stack = stack
    this.folder = folder
    this.nats = nats
    this.coordinator = coordinator
    this.customer = customer
    this.#env = env
  }

  static async begin({ databaseUrl, hosts = 2, env: more = {} }: TrialOptions = {}): Promise<Trial> {
    const stack = new AsyncDisposableStack()
    const { path: folder } = stack.use(await temporaryFolder())
    const url = databaseUrl ?? stack.use(await freshDatabase()).url
    // The last word on a key counts: this folder is the trial's own, so that it can be wiped.
    const nats = stack.use(
      await startNats({ config: `jetstream { store_dir: ${JSON.stringify(streamFolder(folder))} }` }),
    )
    const given = { databaseUrl: url, natsUrl: nats.url, folder, hosts, leaseMs }
    const coordinator = stack.use(
      await openCoordinator(shop(folder), settingsOf({}, { ...given, name: 'coordinator' })),
    )
    const customer = stack.use(await Customer.connect(nats.url))
    const env = {
      DATABASE_URL: url,
      NATS_URL: nats.url,
      ROSTER_FOLDER: folder,
      ROSTER_LEASE_MS: `${leaseMs}`,
      ROSTER_TEAM: join(import.meta.dirname, '../shop-team.ts'),
      ...more,
    }
    const trial = new Trial(stack, folder, nats, coordinator, customer, env)
    trial.hosts = await Promise.all(Array.from({ length: hosts }, () => trial.startHost(hosts)))
    return trial
  }

  /** Starts one more host; `hosts` is how many share the work. */
  async startHost(hosts = 2): Promise<MemberProcess> {
    const name = `host-${(this.#started += 1)}`
    const host = await MemberProcess.start('host', { ...this.#env, ROSTER_NAME: name, ROSTER_HOSTS: `${hosts}` })
    this.#stack.use(host)
    return host
  }

  /** Stops all hosts in order, and starts as many again. */
  async freshHosts(): Promise<readonly MemberProcess[]> {
    await Promise.all(this.hosts.map((host) => host.end('SIGTERM')))
    return await Promise.all(this.hosts.map(() => this.startHost(this.hosts.length)))
  }

  /** How often the hosts told of something. */
  count(type: string): number {
    return this.hosts.reduce((sum, host) => sum + host.count(type), 0)
  }

  /** Customers want this many things, one after the other. */
  async want(count: number, everyMs = 10): Promise<void> {
    for (let wanted = 0; wanted < count; wanted++) {
      this.#orders += 1
      const stocks = this.#orders % stockEvery === 0
      const order = `${stocks ? 'stock' : 'o'}-${this.#orders}`
      const playbook = `${stocks ? 'stock' : 'buy'}-${cashiers[this.#orders % cashiers.length]}`
      if (this.#orders % 3 === 0) await this.#publish(playbook, order)
      else this.customer.want(playbook, order, { order })
      await delay(everyMs)
    }
  }

  /** Waits until the customer has heard the end of everything so far: what is wanted in a next round finds a shop that keeps up. */
  async calm(): Promise<void> {
    const { customer } = this
    await vi.waitFor(() => expect(customer.heard).toBe(customer.counts.wanted), { timeout: 120_000, interval: 100 })
  }

  /** Sees to it that there is work under way: what goes wrong now meets messages that are on their way. */
  async busy(): Promise<void> {
    for (;;) {
      // A store that is being restarted has nothing under way.
      const running = await this.coordinator.tasks({ status: 'running' }).catch(() => [])
      if (running.length > 2) return
      await this.want(6, 0)
    }
  }

  /** Waits until each host has a part of the partitions. */
  async shared(): Promise<void> {
    const owned = async (): Promise<readonly number[]> => await Promise.all(this.hosts.map((host) => host.partitions()))
    await vi.waitFor(async () => expect(Math.min(...(await owned()))).toBeGreaterThan(0), { timeout: 60_000 })
  }

  /** Removes all that the stopped NATS server has kept. */
  async wipeStreams(): Promise<void> {
    await rm(streamFolder(this.folder), { recursive: true, force: true })
  }

  /**
   * Waits until the customer has heard how everything ended, and checks what must be true whatever happened: every accepted task ended
   * exactly once, each thing was paid under one key, messages of one sender to one recipient were taken in order, and the history verifies. Prints the counts; a run in which nothing happened fails.
   */
  async conclude(what: string, happened: Readonly<Record<string, number>>): Promise<void> {
    const { customer, coordinator } = this
    await this.calm()
    const all = customer.counts.wanted + this.#direct
    await vi.waitFor(
      async () => {
        const ended = (await coordinator.tasks()).filter(({ endedAt }) => endedAt !== null)
        expect(ended).toHaveLength(all)
      },
      { timeout: 180_000, interval: 100 },
    )
    const tasks = await coordinator.tasks()
    const payments = paid(this.folder)
    const verification = await coordinator.verify()
    const order = orderOf(await coordinator.log({ limit: verification.records }))
    const counts = {
      ...customer.counts,
      direct: this.#direct,
      tasks: tasks.length,
      paid: payments.size,
      records: verification.records,
      followed: order.followed,
    }
    process.stdout.write(`${what}: ${JSON.stringify({ ...counts, ...happened })}\n`)
    expect(tasks.map(({ status }) => status)).toEqual(tasks.map(() => 'done'))
    expect(tasks).toHaveLength(all)
    const keysOf = (wanted: string): number => (wanted.startsWith('stock') ? shelves.length : 1)
    expect([...payments].filter(([wanted, keys]) => keys.size !== keysOf(wanted))).toEqual([])
    expect(order.overtook).toEqual([])
    expect(order.followed).toBeGreaterThan(0)
    expect(payments.size).toBe(all)
    expect(verification).toMatchObject({ problems: [], verified: true })
    for (const [kind, count] of Object.entries(happened)) expect(count, kind).toBeGreaterThan(0)
  }

  async #publish(playbook: string, order: string): Promise<void> {
    const publication = { playbook, input: { order }, idempotencyKey: order, requester: 'till' }
    this.#direct += 1
    for (;;) {
      try {
        await this.coordinator.publish(publication)
        return
      } catch (error) {
        // The store is being restarted: the same key again is the same task.
        if (!isRosterError(error) || !error.retryable) throw error
        await delay(100)
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack[Symbol.asyncDispose]()
  }
}

function streamFolder(folder: string): string {
  return join(folder, 'streams')
}
