import { partitionOf, type Envelope, type Store } from '@roster/core'

import type { Life } from './life.ts'

/** Stands at the store and sees who owns what, and who writes nevertheless. */
export class Witness {
  /** Records that were appended by somebody who did not own their partition. */
  readonly trespasses: string[] = []
  readonly #owners = new Map<number, Life>()
  readonly #trace: ((line: string) => void) | undefined

  constructor(trace?: (line: string) => void) {
    this.#trace = trace
  }

  /** The store as one process reaches it. */
  watch(store: Store, life: Life): Store {
    return {
      ...store,
      claim: async (owner, leaseMs, most) => {
        const fences = await store.claim(owner, leaseMs, most)
        for (const { partition } of fences) this.#owners.set(partition, life)
        return fences
      },
      append: async (requests) => {
        const results = await store.append(requests)
        for (const [index, { stream, record }] of requests.entries()) {
          const result = results[index]?.kind
          this.#trace?.(`        ${result}: ${stream} ${record.version}, ${causeOf(record.envelope)}`)
          const owner = this.#owners.get(partitionOf(stream))
          if (result === 'appended' && owner !== life) {
            this.trespasses.push(
              `${life.name} appended record ${record.version} of ${stream}, which is ${owner?.name ?? 'nobody'}'s`,
            )
          }
        }
        return results
      },
    }
  }
}

function causeOf(envelope: string): string {
  const { cause, kind, sent } = JSON.parse(envelope) as Envelope
  return `${kind} by ${cause.type} ${cause.id}, sends ${sent.map(({ type, to }) => `${type} to ${to}`).join(' and ') || 'nothing'}`
}
