import { nothing, trusted, type Clock, type Store } from '@roster/core'
import { Host, type EffectAnswer, type EffectCall, type EffectRunner } from '@roster/runtime'

import { sha256 } from '../id/sha256.ts'
import { countedIds } from './counted-ids.ts'
import type { Life } from './life.ts'
import { busOf, type Network } from './network.ts'
import type { Outside } from './outside.ts'
import type { Random } from './random.ts'
import { policy, team, type Order } from './team.ts'
import type { Weakness } from './weakness.ts'

/** How long a partition and an effect stay a host's without renewal, in milliseconds. */
export const leaseMs = 9000

/** What a simulated host works in. */
export interface Surroundings {
  readonly clock: Clock
  readonly random: Random
  readonly network: Network
  readonly outside: Outside
  readonly weakness: Weakness | undefined
}

/** Starts the runtime's own host as a process. */
export async function startHost(life: Life, store: Store, surroundings: Surroundings): Promise<void> {
  const { clock, random, network } = surroundings
  const host = new Host(
    {
      store,
      team,
      policy,
      clock,
      sha256,
      alarm: life.alarm,
      bus: busOf(network, life),
      ids: countedIds(life.name),
      signatures: { verify: () => false, keysOf: () => [] },
      effects: effectsOf(life, surroundings),
    },
    {
      name: life.name,
      build: 'simulation',
      partitionLeaseMs: leaseMs,
      effectLeaseMs: leaseMs,
      resendAfterMs: 4000,
      mostPartitions: random.between(1, 31),
      snapshotEvery: 4,
      maxActors: 6,
    },
  )
  await host.start()
}

/** Runs effects on the world outside: each takes its time, and may be cut short before and after it is done. */
function effectsOf(life: Life, { random, outside, weakness }: Surroundings): EffectRunner {
  let calls = 0
  const keyOf = (call: EffectCall): string =>
    weakness === 'no-idempotency-key' ? `${life.name} ${(calls += 1)}` : call.key
  const act = async (call: EffectCall): Promise<EffectAnswer> => {
    await life.sleep(random.between(1, 1500))
    if (call.signal.aborted) return timedOut
    const { order } = call.input as Order
    const receipt = await life.call('call', async () =>
      outside.do(call.name, order, keyOf(call), team.tools[call.name]?.idempotent === true),
    )
    await life.sleep(random.between(1, 1500))
    return done(receipt)
  }
  return { run: (call) => Promise.race([act(call), cutShort(call.signal)]) }
}

function cutShort(signal: AbortSignal): Promise<EffectAnswer> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(timedOut), { once: true }))
}

function done(receipt: string): EffectAnswer {
  return {
    result: { kind: 'done', output: receipt, label: trusted },
    used: { ...nothing, toolCalls: 1 },
    place: 'host',
  }
}

const timedOut: EffectAnswer = {
  result: { kind: 'failed', error: { code: 'timeout', message: 'it took too long' }, label: trusted },
  used: nothing,
  place: 'host',
}
