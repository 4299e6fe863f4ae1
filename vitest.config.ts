import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{bin,scripts}/test/**/*.test.ts', '{packages,services}/*/test/**/*.test.ts', 'docs/examples/*/test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './packages/testing/src/vitest/summary-reporter.ts'],
  },
})
