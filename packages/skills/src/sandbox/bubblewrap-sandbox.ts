import type { Sandbox } from '@roster/core'

import { childCells } from './child-cell.ts'
import { sandboxOf } from './sandbox-of.ts'
import type { PoolSize } from './warm-pool.ts'
import { usualSize } from './worker-sandbox.ts'

/**
 * The same sandbox behind a second wall: the interpreter in a process of its own under bubblewrap, without network, files or environment.
 * A hole in the interpreter opens on nothing. Where bubblewrap is not to be had each run answers `place-unavailable`.
 *
 * @param size as of `workerSandbox`
 */
export function bubblewrapSandbox(size: Partial<PoolSize> = {}): Sandbox {
  return sandboxOf('bubblewrap', childCells(), { ...usualSize, ...size })
}
