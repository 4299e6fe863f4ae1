import { fixedClock, storeContract } from '@roster/testing'
import { memoryStore } from '../../src/index.ts'

const capabilities = {
  'concurrent-writers': 'an append runs to its end before another begins, so writers cannot overlap',
  roles: 'whoever holds the store can call all of it',
  'power-loss': 'memory does not outlive its process',
}

storeContract(
  'memory',
  async () => {
    const clock = fixedClock()
    const store = memoryStore({ tenant: 'acme', clock })
    return { store, advance: clock.advance, revoke: store.revoke }
  },
  { capabilities },
)
