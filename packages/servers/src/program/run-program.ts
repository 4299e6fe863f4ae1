import { spawn } from 'node:child_process'

/** How a program ended, and the end of what it printed. */
export interface Ran {
  /** Undefined where it could not be started or was ended by a signal. */
  readonly code: number | undefined
  readonly output: string
}

const KEPT_OUTPUT = 8_000

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
  readonly signal?: AbortSignal
}

/** Runs a program to its end. That it fails, or does not exist, is an answer and no error. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: undefined, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? undefined, output }))
  })
}
