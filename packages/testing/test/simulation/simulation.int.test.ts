import { describe, expect, it } from 'vitest'

import { simulate } from '../../src/simulation/simulate.ts'
import { simulation } from '../../src/simulation/simulation.ts'

describe('clients, a coordinator and two hosts', () => {
  it(
    'lose nothing and do nothing twice in 10,000 schedules with faults, and each weakened adapter is found out',
    { timeout: 900_000 },
    async () => {
      const { tally, weakened, problems } = await simulation({ schedules: 10_000 })
      const faults = Object.values(tally.faults).reduce((one, other) => one + other, 0)
      process.stdout.write(
        `${tally.schedules} schedules, ${tally.operations} operations, ${faults} faults; weakened: ${JSON.stringify(weakened)}\n`,
      )
      expect(problems).toEqual([])
      expect(tally.schedules).toBe(10_000)
    },
  )

  it('do the same again from the same seed, step by step', async () => {
    const once: string[] = []
    const again: string[] = []
    const outcome = await simulate(4711, { trace: (line) => once.push(line) })
    expect(await simulate(4711, { trace: (line) => again.push(line) })).toEqual(outcome)
    expect(again).toEqual(once)
    expect(once.length).toBeGreaterThan(100)
  })
})
