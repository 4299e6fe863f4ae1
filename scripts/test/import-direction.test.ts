import { describe, expect, it } from 'vitest'
import { importProblem } from '../lint/import-direction.ts'

describe('the directions of imports', () => {
  it.each([
    ['the core takes Node', 'packages/core/src/actor/step.ts', 'node:fs'],
    ['the core takes a host', 'packages/core/src/actor/step.ts', '@roster/runtime'],
    ['an adapter takes another', 'packages/postgres/src/index.ts', '@roster/cedar'],
    ['the runtime takes an adapter', 'packages/runtime/src/host.ts', '@roster/postgres'],
    ['the runtime takes the test helpers', 'packages/runtime/src/host.ts', '@roster/testing'],
    ['an example takes the core', 'docs/examples/accounts-payable/src/team.ts', '@roster/core'],
    ['somebody takes a service', 'packages/cli/src/main.ts', '@roster/service-desk'],
    ['somebody takes the inside of a package', 'packages/cli/test/main.test.ts', '@roster/core/internal/step'],
    ['somebody takes the source of a package', 'packages/cli/test/main.test.ts', '@roster/core/src/index.ts'],
    ['a path leaves the package', 'packages/cli/test/main.test.ts', '../../core/src/index.ts'],
  ])('refuse that %s', (_, file, specifier) => {
    expect(importProblem(`/anywhere/${file}`, specifier)).toBeDefined()
  })

  it.each([
    ['packages/core/src/actor/step.ts', 'xstate'],
    ['packages/core/src/actor/step.ts', '../message/message.ts'],
    ['packages/core/test/actor/step.test.ts', 'node:fs'],
    ['packages/postgres/src/index.ts', '@roster/core'],
    ['packages/postgres/test/store.contract.test.ts', '@roster/testing'],
    ['packages/postgres/test/store.contract.test.ts', '../src/index.ts'],
    ['packages/roster/src/index.ts', '@roster/cedar'],
    ['docs/examples/accounts-payable/src/team.ts', 'roster/client'],
    ['vitest.config.ts', './packages/testing/src/vitest/share-servers.ts'],
  ])('let %s import %s', (file, specifier) => {
    expect(importProblem(`/anywhere/${file}`, specifier)).toBeUndefined()
  })
})
