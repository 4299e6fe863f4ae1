import { readdirSync, readFileSync } from 'node:fs'

/** Ticks of the kernel's clock in a second, on every Linux that Node runs on. */
const ticksPerSecond = 100

/** A server's first process and those that it started. */
export interface ProcessTree {
  /** CPU taken by all of them so far, those that have ended included. */
  cpuSeconds(): number
}

interface Stat {
  readonly parent: number
  readonly own: number
  readonly ended: number
}

/** The processes of the server that one of its backends belongs to; `undefined` where there is no `/proc`, or the server is elsewhere. */
export function processTree(backend: number): ProcessTree | undefined {
  const root = statOf(backend)?.parent
  if (root === undefined) return undefined
  return {
    cpuSeconds() {
      const { own = 0, ended = 0 } = statOf(root) ?? {}
      const children = readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => statOf(Number(name)))
        .filter((stat) => stat?.parent === root)
      return children.reduce((sum, child) => sum + (child?.own ?? 0), own + ended)
    },
  }
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = (index: number): number => Number(fields[index]) / ticksPerSecond
    return { parent: Number(fields[1]), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) }
  } catch {
    return undefined
  }
}
