import { RosterError, type Place } from '@roster/core'

import type { ToolOf } from '../author/tool.ts'
import { codeOf } from './placed.ts'

/**
 * Where a tool's code runs: where its `run` puts it.
 *
 * @throws RosterError `definition-invalid` when the tool says otherwise
 */
export function placeOf({ name, options }: ToolOf): Place {
  const { place } = codeOf(options.run)
  if (options.place === undefined || options.place === place) return place
  const hint =
    options.place === 'host'
      ? 'Leave `place` out: `run` says it.'
      : `Use run: ${options.place === 'sandbox' ? 'inSandbox({ code })' : 'inProcess({ module })'}.`
  throw new RosterError('definition-invalid', `${name} says place: '${options.place}', and its code runs in ${place}`, {
    path: `${name}.place`,
    hint,
  })
}
