import { execFile } from 'node:child_process'

let found: Promise<boolean> | undefined

/** Bounds that the operating system keeps for a process and its children. */
export interface SystemLimits {
  /** Memory that it may write to, in bytes, for each process. */
  readonly memoryBytes: number
  /** @defaultValue 256 */
  readonly openFiles?: number
}

/** A command under bounds of the operating system, where `prlimit` is there to set them (Linux). */
export async function limited(
  command: readonly string[],
  { memoryBytes, openFiles = 256 }: SystemLimits,
): Promise<readonly string[]> {
  found ??= new Promise((resolve) => execFile('prlimit', ['--version'], (error) => resolve(error === null)))
  const limits = [`--data=${memoryBytes}`, `--nofile=${openFiles}`, '--core=0']
  return (await found) ? ['prlimit', ...limits, ...command] : command
}
