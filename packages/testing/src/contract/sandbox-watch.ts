import { readFileSync } from 'node:fs'
import { setInterval as every } from 'node:timers'

/** What a watched time showed. */
export interface Watched {
  /** The longest turn of the event loop in processor time of this thread, in milliseconds: what this thread itself did in it. */
  readonly turnMs: number
  /** The longest turn by the clock, in milliseconds: also what others made it wait, and other programs of a busy machine. */
  readonly waitMs: number
  /** How long all of it took by the clock, in milliseconds. */
  readonly tookMs: number
  /** By how much the memory of this process and its children grew at most, in bytes. */
  readonly grownBytes: number
}

const tickMs = 5
/** Memory is looked at every so many ticks. */
const ticksBetweenLooks = 4

/** Watches this thread's event loop, and the memory of this process and all that it started, while something runs. */
export async function watched<T>(run: () => Promise<T>): Promise<readonly [T, Watched]> {
  const before = treeBytes()
  const begun = wallMs()
  let [turnMs, waitMs, mostBytes, ticks] = [0, 0, before, 0]
  let [wall, cpu] = [wallMs(), threadMs()]
  const tick = (): void => {
    const [wallNow, cpuNow] = [wallMs(), threadMs()]
    turnMs = Math.max(turnMs, Math.min(wallNow - wall, cpuNow - cpu))
    waitMs = Math.max(waitMs, wallNow - wall - tickMs)
    if (++ticks % ticksBetweenLooks === 0) mostBytes = Math.max(mostBytes, treeBytes())
    // What the watch itself takes is not the run's.
    ;[wall, cpu] = [wallMs(), threadMs()]
  }
  const timer = every(tick, tickMs)
  try {
    const result = await run()
    tick()
    return [result, { turnMs, waitMs, tookMs: wallMs() - begun, grownBytes: Math.max(mostBytes, treeBytes()) - before }]
  } finally {
    clearInterval(timer)
  }
}

// oxlint-disable-next-line roster/no-ambient -- it measures how long real turns take
const wallMs = (): number => performance.now()

function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Resident memory of this process and, where `/proc` tells of them, of its children and theirs. */
function treeBytes(): number {
  return process.memoryUsage.rss() + childrenOf(process.pid).reduce((sum, pid) => sum + residentBytes(pid), 0)
}

function childrenOf(pid: number): readonly number[] {
  const direct = read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((part) => part !== '')
    .map(Number)
  return direct.flatMap((child) => [child, ...childrenOf(child)])
}

const pageBytes = 4096

function residentBytes(pid: number): number {
  return Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
