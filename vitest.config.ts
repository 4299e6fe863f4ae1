import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '{bin,scripts}/test/**/*.test.ts',
      '{packages,services}/*/test/**/*.test.ts',
      'docs/examples/*/test/**/*.test.ts',
    ],
    pool: 'forks',
    maxWorkers: 2,
    // Real servers and a machine with two cores: a slow start is no failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    globalSetup: './packages/testing/src/vitest/share-servers.ts',
    reporters: ['default', './packages/testing/src/vitest/summary-reporter.ts'],
  },
})
