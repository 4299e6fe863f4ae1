import { InvalidArgumentError, Option } from 'commander'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }

/** A length of time: `500ms`, `60s`, `2m`, `1h`; a bare number is seconds. */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('Give a length of time such as 500ms, 60s, 2m or 1h.')
  return Math.round(Number(match[1]) * (unitMs[match[2] ?? 's'] ?? 0))
}

/** A whole number from a least value on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`Give a whole number from ${least} on.`)
  }
}

export function option(flags: string, description: string): Option {
  return new Option(flags, description)
}
