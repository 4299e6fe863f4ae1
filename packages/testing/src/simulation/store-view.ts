import type { Store } from '@roster/core'

import type { Life } from './life.ts'

/** A store as one process sees it: each call is an operation that happens later, and is answered later still. */
export function storeView(store: Store, life: Life): Store {
  const view: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(store) as [string, unknown][]) {
    if (typeof member !== 'function') view[name] = member
    else
      view[name] = (...parameters: readonly unknown[]) =>
        life.call(name, () => member(...parameters) as Promise<unknown>)
  }
  return { ...(view as unknown as Store), [Symbol.asyncDispose]: async () => {} }
}
