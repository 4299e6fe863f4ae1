/** What one slice of a subject's work came to. */
export interface Sample {
  /** Appends, inserts or steps done. */
  readonly count: number
  readonly seconds: number
  /** CPU that the subject's process took, in seconds. */
  readonly cpuSeconds: number
  /** Memory that the process had at the end, in bytes. */
  readonly residentBytes: number
  readonly p50Ms?: number
  readonly p99Ms?: number
  /** Where the time of its thread went, largest first, when a profile was asked for. */
  readonly profile?: readonly Share[]
}

/** The part of a thread's time that one place took, in per cent. */
export interface Share {
  readonly place: string
  readonly percent: number
}

/** How many a second. */
export function rate({ count, seconds }: Sample): number {
  return count / seconds
}
