import { sha256 } from '@roster/testing'
import fc from 'fast-check'
import { createActor, type AnyMachineSnapshot } from 'xstate'
import { describe, expect, it } from 'vitest'

import { canonical, rebuild, restep } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { task, team } from '../kit/sample.ts'
import { events, machineOf, plan } from './generated-machine.ts'

const runs = 300

/** What an actor of XState and ours must agree about. */
function seen({
  value,
  context,
  status,
  output,
}: Pick<AnyMachineSnapshot, 'value' | 'context' | 'status' | 'output'>): string {
  return canonical({ value, context, status, output: (output ?? null) as never })
}

/** Sends events to both; answers what each came to after each event, and `failed` where it threw. */
function bothOf(machine: ReturnType<typeof machineOf>, sent: readonly string[]) {
  const actor = createActor(machine, { input: {} })
  actor.subscribe({ error: () => {} })
  actor.start()
  const theirs = [theirSnapshot(actor.getSnapshot() as AnyMachineSnapshot)]
  let life: Life | undefined
  const ours = [
    attempted(() => {
      life = new Life(machine, { stream: task, kind: 'playbook' })
      return life
    }),
  ]
  for (const type of sent) {
    if (life === undefined || life.actor.final || ours.at(-1) === failed) break
    const living = life
    actor.send({ type, sender: task, payload: null })
    theirs.push(theirSnapshot(actor.getSnapshot() as AnyMachineSnapshot))
    ours.push(
      attempted(() => {
        living.send(type)
        return living
      }),
    )
  }
  return { theirs, ours, life }
}

const failed = 'failed'

function attempted(act: () => Life): string {
  try {
    return seen(act().state.machine as never)
  } catch (error) {
    // An endless loop fails in both; what the kit itself finds wrong is no failure of the machine.
    if (error instanceof Error && error.message.startsWith('Infinite loop')) return failed
    throw error
  }
}

function theirSnapshot(snapshot: AnyMachineSnapshot): string {
  return snapshot.status === 'error' ? failed : seen(snapshot)
}

describe('a machine without effects', () => {
  it('goes through exactly the states and contexts of an actor of XState, step by step', () => {
    let steps = 0
    let ended = 0
    fc.assert(
      fc.property(plan, fc.array(fc.constantFrom(...events), { maxLength: 14 }), (given, sent) => {
        const { theirs, ours, life } = bothOf(machineOf(given), sent)
        expect(ours).toEqual(theirs)
        steps += ours.length
        if (life?.actor.final === true) ended += 1
      }),
      { numRuns: runs, seed: 20260101 },
    )
    // The law says nothing if the machines that it is tried on do nothing.
    expect(steps).toBeGreaterThan(runs * 4)
    expect(ended).toBeGreaterThan(10)
  })

  it('comes to the same state by its patches and by stepping its history again', () => {
    fc.assert(
      fc.property(plan, fc.array(fc.constantFrom(...events), { maxLength: 10 }), (given, sent) => {
        const { life } = bothOf(machineOf(given), sent)
        if (life === undefined) return
        const state = canonical(life.state)
        expect(canonical(rebuild(life.records, sha256, { state: null, hash: '0'.repeat(64) }).state as never)).toBe(
          state,
        )
        expect(restep(team, task, life.definition, life.records, sha256)).toMatchObject({
          kind: 'same',
          steps: life.records.length,
        })
      }),
      { numRuns: runs / 3, seed: 7 },
    )
  })
})
