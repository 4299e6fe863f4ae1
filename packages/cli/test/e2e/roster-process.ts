import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const main = join(import.meta.dirname, '../../src/main.ts')

/** The folder in which the real command runs, and what its environment has beside the necessary. */
export type Place = string | { readonly cwd: string; readonly env: Readonly<Record<string, string>> }

/** What the real command did. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the real command to its end. */
export async function roster(place: Place, ...args: readonly string[]): Promise<Ended> {
  const child = start(place, args)
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

/** Runs the real command with --json; what it printed is one value, of the type that its caller knows. */
export async function rosterJson<T = unknown>(place: Place, ...args: readonly string[]): Promise<Answered<T>> {
  const { code, out, err } = await roster(place, ...args, '--json')
  if (out === '') throw new Error(`roster ${args.join(' ')} printed nothing, ended with ${code} and said: ${err}`)
  return { code, json: JSON.parse(out) as T }
}

interface Answered<T> {
  readonly code: number | null
  readonly json: T
}

/** A command that goes on until it is told to stop, with its lines of JSON. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess
  /** The next line that fits. */
  line<T extends object>(fits: (line: T) => boolean): Promise<T>
  /** Sends a signal and answers the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export function running(place: Place, ...args: readonly string[]): Running {
  const child = start(place, [...args, '--json'])
  if (child.stdout === null) throw new Error('the command has no output')
  let err = ''
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const closed = once(child, 'close') as Promise<[number | null]>
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return (await closed)[0]
  }
  return {
    child,
    end,
    async line<T extends object>(fits: (line: T) => boolean) {
      for (;;) {
        const next = await lines.next()
        if (next.done === true) throw new Error(`the command ended before the line came: ${err}`)
        const value = JSON.parse(next.value) as T
        if (fits(value)) return value
      }
    },
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

function start(place: Place, args: readonly string[]): ChildProcess {
  const { cwd, env } = typeof place === 'string' ? { cwd: place, env: {} } : place
  const { PATH, HOME, TMPDIR = '/tmp' } = process.env
  return spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH, HOME, TMPDIR, TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
