import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { analyse, exercisedBy, isRosterError, WorstCases, type Envelope } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { task, team } from '../kit/sample.ts'
import { events, machineOf, plan, type Plan } from '../laws/generated-machine.ts'

/** A life of a machine, as far as it goes: a step that throws is no step. */
function lived(given: Plan, sent: readonly string[]): Life | undefined {
  try {
    const life = new Life(machineOf(given), { stream: task, kind: 'playbook' })
    // As a host does it: what the state cannot take is refused, or waits.
    for (const type of sent) if (!life.actor.final && life.canTake(type) === 'taken') attempt(() => life.send(type))
    return life
  } catch {
    return undefined
  }
}

function attempt(run: () => unknown): void {
  try {
    run()
  } catch {
    // XState throws where a machine finds no rest.
  }
}

describe('the decision space of a generated machine', () => {
  it('holds every step that a life of the machine takes', () => {
    let steps = 0
    let lives = 0
    let skipped = 0
    fc.assert(
      fc.property(plan, fc.array(fc.constantFrom(...events), { maxLength: 14 }), (given, sent) => {
        const life = lived(given, sent)
        if (life === undefined) return
        const cases = new WorstCases(team)
        try {
          const space = cases.spaceOf(life.definition)
          const history = life.records.map(({ envelope }) => JSON.parse(envelope) as Envelope)
          // What goes round within one step is cut, and told as a loop.
          if (space.whirls.length > 0 && history.some(goesRound)) {
            skipped += 1
            return
          }
          expect(exercisedBy(space, [history])).toMatchObject({ strange: 0 })
          expect(() => analyse(life.definition, cases)).not.toThrow()
          steps += history.length
          lives += 1
        } catch (error) {
          if (!isRosterError(error, 'analysis-too-large')) throw error
          skipped += 1
        }
      }),
      { endOnFailure: true, numRuns: 150, seed: 20260102 },
    )
    // The law says nothing if it was tried on nothing.
    expect(lives).toBeGreaterThan(100)
    expect(steps).toBeGreaterThan(lives * 2)
    expect(skipped).toBeLessThan(30)
  })
})

function goesRound({ path }: Envelope): boolean {
  const taken = path.taken.map((one) => JSON.stringify(one))
  return new Set(taken).size < taken.length
}
