import { availableParallelism } from 'node:os'

import type { Sandbox } from '@roster/core'

import { sandboxOf } from './sandbox-of.ts'
import type { PoolSize } from './warm-pool.ts'
import { workerCells } from './worker-cell.ts'

/** One processor stays with the host. */
export const usualSize: PoolSize = { warm: 1, running: Math.max(1, availableParallelism() - 1) }

/**
 * A sandbox in this process: each program in an interpreter of its own (QuickJS in WebAssembly, in a memory with a maximum), in a thread
 * of its own, which is ended at its limit whatever it does. Nothing is started before the first run.
 *
 * @param size cells that wait ready (default 1), and programs that run at the same time (default: one less than there are processors)
 * @example
 * await using sandbox = workerSandbox()
 * await sandbox.run('export default ({ a, b }) => a + b', { a: 1, b: 2 }) // { kind: 'done', value: 3, … }
 */
export function workerSandbox(size: Partial<PoolSize> = {}): Sandbox {
  return sandboxOf('worker', workerCells(), { ...usualSize, ...size })
}
