import { delimiter } from 'node:path'

import type { ServerStatus } from './clone-status.ts'
import { recipes } from './recipes.ts'

/** An environment in which the running servers are found: their addresses, and their programs first on the PATH. Statuses need their secrets. */
export function cloneEnvironment(env: NodeJS.ProcessEnv, statuses: readonly ServerStatus[]): NodeJS.ProcessEnv {
  const running = statuses.filter(({ state }) => state === 'running')
  const addresses = running.flatMap(({ name, address }) =>
    address === null ? [] : [[recipes[name].variable, address]],
  )
  const bins = running.flatMap(({ bin }) => (bin === null ? [] : [bin]))
  const path = [...bins, env['PATH'] ?? ''].join(delimiter)
  return { ...env, ...(Object.fromEntries(addresses) as Record<string, string>), PATH: path }
}
