import { describe, expect, it } from 'vitest'

import { impactFacts } from '../../src/view/impact-view.ts'
import { ran } from '../fixture/world.ts'

const plain = { strong: String, quiet: String, bad: String, notable: String } as never

describe('impact', () => {
  it('needs something to look at', async () => {
    expect(await ran(['impact'])).toMatchObject({ code: 2 })
  })

  it('shows what depends on it, and whom a change concerns', () => {
    const dependents = [{ kind: 'playbook' as const, name: 'pay-invoice', owner: 'cfo', how: 'asks treasurer for pay' }]
    const found = { what: 'pay', kind: 'tool' as const, owner: 'controller', dependents, owners: ['cfo'] }
    const text = impactFacts(found, plain)
    expect(text).toContain('pay (tool, of controller)')
    expect(text).toMatch(/playbook +pay-invoice +cfo +asks treasurer for pay/)
    expect(text).toContain('A change concerns cfo.')
    expect(impactFacts({ ...found, dependents: [] }, plain)).toContain('nothing depends on it')
  })
})
