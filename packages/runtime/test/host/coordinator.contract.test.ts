import { setImmediate } from 'node:timers/promises'

import { parseStream, type AppendRequest, type NewPending, type Store } from '@roster/core'
import {
  coordinatorContract,
  crashPoints,
  fixedClock,
  scheduleContract,
  seededIds,
  sha256,
  type Coordinated,
  type CoordinatorParts,
} from '@roster/testing'

import { Admission, Host, memoryStore, Scheduler, type Observation } from '../../src/index.ts'
import { virtualAlarm } from '../kit/virtual-alarm.ts'

coordinatorContract('embedded', openEmbedded)
scheduleContract('embedded', openEmbedded)

/** A host that drives tasks itself, in virtual time; another one takes its place when it dies. */
async function openEmbedded({ crash, ...parts }: CoordinatorParts): Promise<Coordinated> {
  const clock = fixedClock()
  const store = memoryStore({ tenant: parts.team.name, clock })
  const ids = seededIds('outside')
  let alarm = virtualAlarm(clock)
  let generation = 0
  let happened = 0
  let seen = 0
  const start = async (view: Store): Promise<Host> => {
    generation += 1
    const name = `host-${generation}`
    const observe = (observation: Observation): void => {
      happened += 1
      if (observation.kind === 'appended' && observation.final) admission.ended(observation.stream)
    }
    const ports = { ...parts, store: view, clock, alarm, ids: seededIds(name), sha256, observe }
    // A thousand tasks ask one colleague at once.
    const host = new Host(ports, { name, build: 'test', mailboxDepth: 10_000 })
    await host.start()
    return host
  }
  let died = false
  const dying = crash === undefined ? store : dyingOfTasks(store, crash, () => (died = true))
  const { team, policy } = parts
  const door = { store, team, clock, deliver: (rows: readonly NewPending[]) => host.deliver(rows) }
  // It is in the process that dies.
  let admission = new Admission(door, { alarm })
  let host = await start(dying)
  const intake = { ...door, ids, sha256, policy, admission: { look: () => admission.look() } }
  return {
    store,
    intake,
    openScheduler: (view = store) => new Scheduler({ ...intake, store: view }, { alarm, failed: () => {} }),
    recover: () => host.recover(),
    async wait(ms) {
      for (const until = clock.now() + ms; clock.now() < until;) {
        await host.idle()
        clock.advance(Math.min(until, Math.max(clock.now(), alarm.next() ?? until)) - clock.now())
        alarm.ring()
      }
    },
    delayMs: 60_000,
    async pass() {
      await host.idle().catch((error: unknown) => {
        if (!died) throw error
      })
      if (died) {
        died = false
        alarm = virtualAlarm(clock)
        await admission.stop()
        admission = new Admission(door, { alarm })
        host = await start(store)
        return await admission.look()
      }
      if (happened !== seen) {
        seen = happened
        return
      }
      const next = alarm.next()
      // Where nothing happens any more, a test that waits in vain is ended by its time limit.
      if (next === null) return await setImmediate()
      clock.advance(Math.max(0, next - clock.now()))
      alarm.ring()
    },
    async [Symbol.asyncDispose]() {
      await host.stop().catch(() => {})
    },
  }
}

/** A view of the store which dies at an append of a task's record; the colleagues' are not counted. */
function dyingOfTasks(store: Store, crash: NonNullable<CoordinatorParts['crash']>, die: () => void): Store {
  const dying = crashPoints(store, crash, die)
  let dead = false
  const append = async (requests: readonly AppendRequest[]): ReturnType<Store['append']> => {
    const isTask = requests.some(({ stream }) => parseStream(stream).kind === 'task')
    if (!isTask && !dead) return await store.append(requests)
    try {
      return await dying.append(requests)
    } catch (error) {
      dead = true
      throw error
    }
  }
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'append') return append
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}
