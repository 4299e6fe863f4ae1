import type { Operations } from '../../src/client/operations.ts'

/** Operations of which only those that a test gives exist; any other fails the test that calls it. */
export function fixedOperations(given: Partial<Operations>): Operations {
  return new Proxy(given, {
    get: (target, method) => {
      const found = Reflect.get(target, method) as unknown
      if (found !== undefined || method === 'then') return found
      return () => Promise.reject(new Error(`the test gives no ${String(method)}`))
    },
  }) as Operations
}
