import { signedText, streamName, type Approval, type ApprovalRequest, type UnsignedApproval } from '@roster/core'
import { sha256 } from '@roster/testing'
import { describe, expect, it } from 'vitest'

import { decide } from '../../src/index.ts'
import { settlers, validForMs, type Settlement } from '../kit/settling.ts'
import { World } from '../kit/world.ts'

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One task of a world, and how to bring a decision to the person's job that waits for it. */
interface Scene {
  readonly world: World
  readonly task: string
  readonly item: string
  readonly bring: (change?: Partial<UnsignedApproval>, signer?: string) => Promise<void>
}

const plain: Settlement = { asked: { amount: 500 }, done: { amount: 500 }, times: 1, afterMs: 0 }

async function asked(world: World, settlement: Settlement, key: string): Promise<Scene> {
  const task = await world.publish('settle', settlement as never, key)
  await world.settle()
  const heads = await world.store.heads()
  const states = await Promise.all(
    heads
      .filter(({ stream, final }) => !final && stream.startsWith(`${streamName.person('acme', 'eve')}/job/`))
      .map(async ({ stream }) => ({ stream, state: await world.state(stream) })),
  )
  const found = states.find(({ state }) => state.origin?.correlationId === task)
  if (found === undefined) throw new Error('nobody was asked')
  const { input } = found.state.machine.context as unknown as { input: ApprovalRequest }
  const bring = async (change: Partial<UnsignedApproval> = {}, signer = 'eve'): Promise<void> => {
    const { tool, argumentsDigest, expiresAt } = input
    const about = { task, tool, argumentsDigest, expiresAt, policySet: world.policy.digest, at: world.clock.now() }
    const by = { person: 'eve', role: 'chief', decision: 'approved' as const, key: `key of ${signer}` }
    const unsigned: UnsignedApproval = { id: `of ${task}`, ...about, ...by, ...change }
    const signature = sha256(`key of ${signer} signs ${signedText(unsigned)}`)
    await decide(world.intake, found.stream, { ...unsigned, signature } satisfies Approval)
    await world.settle()
  }
  return { world, task, item: found.stream, bring }
}

/** A way of getting paid without a valid approval. Answers how many payments are right: those that were approved as they were made. */
type Attack = (world: World, random: () => number) => Promise<number>

const stop = async (world: World, to: string): Promise<void> => {
  await world.order(to, 'terms.stop', { because: 'an attack' })
  await world.settle()
}
const tess = streamName.agent('acme', 'tess')
const eve = streamName.person('acme', 'eve')

const attacks: Readonly<Record<string, Attack>> = {
  async stale(world, random) {
    const { bring } = await asked(world, { ...plain, afterMs: validForMs + Math.floor(random() * 1000) }, 's')
    await bring()
    await world.advance(2 * validForMs)
    return 0
  },
  async late(world) {
    const { bring } = await asked(world, plain, 'l')
    await world.advance(validForMs + 1)
    await bring()
    return 0
  },
  async replayedInTheTask(world, random) {
    const { bring } = await asked(world, { ...plain, times: 2 + Math.floor(random() * 3) }, 'r')
    await bring()
    return 1
  },
  async replayedInAnotherTask(world) {
    const first = await asked(world, plain, 'a')
    const second = await asked(world, plain, 'b')
    await first.bring()
    await second.bring({ task: first.task, id: `of ${first.task}` })
    await second.bring({ task: first.task, id: 'a new one' })
    return 1
  },
  async sameNameInAnotherTask(world) {
    const first = await asked(world, plain, 'a')
    const second = await asked(world, plain, 'b')
    await first.bring({ id: 'the same' })
    await second.bring({ id: 'the same' })
    return 1
  },
  async changedArguments(world, random) {
    const amount = 501 + Math.floor(random() * 1000)
    const { bring } = await asked(world, { ...plain, done: { amount } }, 'c')
    await bring()
    return 0
  },
  async changedDigest(world) {
    const { bring } = await asked(world, plain, 'd')
    await bring({ argumentsDigest: sha256('something else') })
    return 0
  },
  async self(world) {
    const { bring } = await asked(world, plain, 'e')
    await bring({ person: 'tess', role: 'chief' }, 'tess')
    await bring({}, 'tess')
    return 0
  },
  async wrongRole(world) {
    const { bring } = await asked(world, plain, 'f')
    await bring({ role: 'clerk' })
    return 0
  },
  async wrongPolicies(world) {
    const { bring } = await asked(world, plain, 'g')
    await bring({ policySet: sha256('other policies') })
    return 0
  },
  async longerThanAsked(world) {
    const { bring } = await asked(world, plain, 'h')
    await bring({ expiresAt: world.clock.now() + 10 * validForMs })
    return 0
  },
  async anotherTool(world) {
    const { bring } = await asked(world, plain, 'i')
    await bring({ tool: 'stamp' })
    return 0
  },
  async unsigned(world) {
    const { item, task } = await asked(world, plain, 'j')
    const payload = { id: 'x', task, person: 'eve', role: 'chief', decision: 'approved', tool: 'pay' }
    await world.send(item, 'decision', payload, 'eve')
    await world.settle()
    return 0
  },
  async declined(world) {
    const { bring } = await asked(world, plain, 'k')
    await bring({ decision: 'declined' })
    return 0
  },
  async afterTheColleagueWasStopped(world) {
    const { bring } = await asked(world, plain, 'm')
    await stop(world, tess)
    await bring()
    return 0
  },
  async afterTheTeamWasStopped(world, random) {
    const { bring } = await asked(world, { ...plain, afterMs: 1000 }, 'n')
    if (random() < 0.5) await bring()
    await stop(world, streamName.team('acme'))
    await bring()
    await world.advance(2000)
    return 0
  },
  async withdrawn(world) {
    const { bring, task } = await asked(world, { ...plain, afterMs: 1000 }, 'o')
    await bring()
    await world.order(eve, 'approval.withdraw', { approval: `of ${task}` })
    await world.advance(2000)
    return 0
  },
}

describe('1,000 seeded attempts to be paid without a valid approval', () => {
  it('are not executed, alone and several in one world', async () => {
    const names = Object.keys(attacks)
    const tried = new Map<string, number>()
    for (let seed = 1; seed <= 1000; seed += 1) {
      const random = seeded(seed)
      const world = await World.begin({ team: settlers })
      const name = names[Math.floor(random() * names.length)] ?? ''
      const right = await attacks[name]?.(world, random)
      await world.advance(Math.floor(random() * 10_000))
      tried.set(name, (tried.get(name) ?? 0) + 1)
      expect(new Set(world.effects.keys('pay')).size, `seed ${seed}: ${name}`).toBe(right)
    }
    expect(tried.size).toBe(names.length)
  }, 300_000)

  it('would be found out: an approval that is valid is executed', async () => {
    const world = await World.begin({ team: settlers })
    const { bring } = await asked(world, plain, 'p')
    await bring()
    expect(world.effects.keys('pay')).toHaveLength(1)
  })
})

describe('a withdrawn approval', () => {
  it('cannot be withdrawn once it was used, nor by anybody else', async () => {
    const world = await World.begin({ team: settlers })
    const { bring, task } = await asked(world, plain, 'q')
    await bring()
    await world.order(eve, 'approval.withdraw', { approval: `of ${task}` })
    await world.send(eve, 'approval.withdraw', { approval: `of ${task}` }, 'mallory')
    await world.settle()
    const kinds = (await world.records(eve)).filter(({ cause }) => cause.type === 'approval.withdraw')
    expect(kinds.map(({ kind }) => kind)).toEqual(['refused', 'refused'])
  })
})
