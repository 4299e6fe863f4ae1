const minute = 60_000

/** Day and time of the reader's own clock, to the second. */
export function dayAndTime(at: number): string {
  return new Date(at).toLocaleString('sv')
}

/** Time of the reader's own clock, to the millisecond: for lines that follow each other fast. */
export function timeOfDay(at: number): string {
  return `${new Date(at).toLocaleTimeString('sv')}.${String(at % 1000).padStart(3, '0')}`
}

/** A length of time in the two units that matter. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < minute) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.floor(ms / minute)
  if (minutes < 60) return inTwo(minutes, 'min', Math.floor((ms % minute) / 1000), 's')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? inTwo(hours, 'h', minutes % 60, 'min') : `${Math.floor(hours / 24)} days`
}

// oxlint-disable-next-line max-params -- two pairs
function inTwo(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

/** When something is due, seen from now. */
export function due(at: number, now: number): string {
  return at <= now ? `${dayAndTime(at)} (over)` : `${dayAndTime(at)} (in ${duration(at - now)})`
}

/** Integer micro-USD as dollars, with as many places as say something. */
export function money(microUsd: number): string {
  if (microUsd === 0) return '$0'
  return `$${(microUsd / 1_000_000)
    .toFixed(microUsd < 10_000 ? 6 : 4)
    .replace(/0+$/, '')
    .replace(/\.$/, '')}`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
