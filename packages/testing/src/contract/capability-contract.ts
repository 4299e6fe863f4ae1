import type { Position } from '@roster/core'
import { describe, expect, it } from 'vitest'
import type { Capability, OpenStore } from './opened-store.ts'
import { powerLossContract } from './power-loss-contract.ts'
import { Scene } from './scene.ts'
import { writersContract } from './writers-contract.ts'

/** What only some stores are able to do. What an adapter lacks is a named skip, with its reason. */
export function capabilityContract(open: OpenStore, capabilities: Readonly<Record<Capability, true | string>>): void {
  const suites: Readonly<Record<Capability, (open: OpenStore) => void>> = {
    'concurrent-writers': writersContract,
    roles: rolesContract,
    'power-loss': powerLossContract,
  }
  for (const [capability, suite] of Object.entries(suites) as [Capability, (open: OpenStore) => void][]) {
    const has = capabilities[capability]
    if (has === true) suite(open)
    else it(`has ${capability}`, ({ skip }) => skip(has))
  }
}

function rolesContract(open: OpenStore): void {
  describe('roles', () => {
    it('let the writer do nothing but call the functions of the store', async () => {
      await using scene = await Scene.open(open)
      await scene.stored(scene.request())
      const attempts = scene.opened.forbidden?.() ?? []
      expect(attempts.length).toBeGreaterThan(0)
      const position: Position = 1
      for (const [what, attempt] of attempts) await expect(attempt(), what).rejects.toThrow()
      expect(await scene.store.readAll(0)).toMatchObject([{ position }])
    })
  })
}
