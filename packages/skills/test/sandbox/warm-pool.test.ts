import { describe, expect, it } from 'vitest'

import type { Cell } from '../../src/sandbox/cell.ts'
import { WarmPool } from '../../src/sandbox/warm-pool.ts'

/** Cells that do nothing, counted. */
function cells() {
  const counted = { started: 0, ended: 0 }
  const start = (): Promise<Cell> => {
    counted.started += 1
    return Promise.resolve({
      tell: () => {},
      listen: () => {},
      isGone: () => false,
      end: async () => {
        counted.ended += 1
        await Promise.resolve()
      },
    })
  }
  return { counted, start }
}

describe('a pool of cells', () => {
  it('P1: gives each cell once, and ends it', async () => {
    const { counted, start } = cells()
    const pool = new WarmPool(start, { warm: 1, running: 1 })
    const used = new Set<Cell>()
    for (let round = 0; round < 3; round++) await pool.use(async (cell) => await Promise.resolve(used.add(cell)))
    await pool[Symbol.asyncDispose]()
    expect(used.size).toBe(3)
    expect(counted.ended).toBe(counted.started)
  })

  it('P2: uses no more at the same time than it may', async () => {
    const pool = new WarmPool(cells().start, { warm: 0, running: 2 })
    let [now, most] = [0, 0]
    await Promise.all(
      Array.from(
        { length: 9 },
        async () =>
          await pool.use(async () => {
            most = Math.max(most, ++now)
            await new Promise(setImmediate)
            now -= 1
          }),
      ),
    )
    expect(most).toBe(2)
  })

  it('has room again after a cell that could not be started', async () => {
    const { start } = cells()
    let fails = true
    const pool = new WarmPool(
      async () => {
        if (fails) throw new Error('no thread to be had')
        return await start()
      },
      { warm: 0, running: 1 },
    )
    await expect(pool.use(async () => await Promise.resolve(1))).rejects.toThrow('no thread to be had')
    fails = false
    expect(await pool.use(async () => await Promise.resolve(1))).toBe(1)
  })
})
