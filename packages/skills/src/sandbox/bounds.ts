import { RosterError, type SandboxLimits } from '@roster/core'

const mebibyte = 1024 * 1024

/** Each limit with its default and the values that it may have. */
const bounds = {
  timeMs: { usual: 1000, least: 10, most: 600_000 },
  memoryBytes: { usual: 64 * mebibyte, least: 17 * mebibyte, most: 1024 * mebibyte },
  inputBytes: { usual: mebibyte, least: 1, most: 8 * mebibyte },
  // What comes out is parsed by the host's own thread, which must not be held up for long.
  outputBytes: { usual: 256 * 1024, least: 1, most: 512 * 1024 },
  depth: { usual: 64, least: 1, most: 256 },
  hostCalls: { usual: 100, least: 0, most: 10_000 },
  hostCallBytes: { usual: 64 * 1024, least: 1, most: 256 * 1024 },
} as const satisfies Record<keyof SandboxLimits, Bound>

interface Bound {
  readonly usual: number
  readonly least: number
  readonly most: number
}

/**
 * The limits with their defaults.
 *
 * @throws RosterError `definition-invalid` for one that is no integer within its bounds
 */
export function boundsOf(limits: SandboxLimits = {}): Required<SandboxLimits> {
  const given = Object.entries(bounds).map(([name, { usual, least, most }]) => {
    const value = limits[name as keyof SandboxLimits] ?? usual
    if (Number.isInteger(value) && value >= least && value <= most) return [name, value]
    throw new RosterError('definition-invalid', `${name} must be an integer from ${least} to ${most}, got ${value}`, {
      path: `limits.${name}`,
      hint: 'Leave it out for its default, or choose a value within these bounds.',
    })
  })
  return Object.fromEntries(given) as Required<SandboxLimits>
}
