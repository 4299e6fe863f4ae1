import type { CrashPoint } from './crash-points.ts'

/** The death of a process at a named point. Nothing catches it but the test that restarts the host. */
export class Crash extends Error {
  readonly point: CrashPoint

  constructor(point: CrashPoint) {
    super(`the process crashed at ${point}`)
    this.name = 'Crash'
    this.point = point
  }
}

/** Whether a value is a {@link Crash}. */
export function isCrash(value: unknown): value is Crash {
  return value instanceof Crash
}
