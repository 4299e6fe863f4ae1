import { spawn, type ChildProcess } from 'node:child_process'
import { dirname, extname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { failureOf, type Failure, type Json } from '@roster/core'

import { confineNode } from './confine.ts'
import type { Confined, Confinement } from './confinement.ts'
import { ToolCall } from './tool-call.ts'

/** A tool's code that runs in a process of its own. */
export interface ProcessProgram {
  /** A module by its absolute path; its default export is `(input, context) => output`. */
  readonly module: string
  /** Files and folders that it may read, by their absolute paths: what it imports, and what it works on. */
  readonly files: readonly string[]
  /** Wall time of a call, in milliseconds. @defaultValue 60,000 */
  readonly timeMs?: number
  /** Memory of its JavaScript, in bytes. @defaultValue 256 MiB */
  readonly memoryBytes?: number
  /** Refuses to run it with less. @defaultValue the best that there is here */
  readonly demand?: 'bubblewrap'
}

/** One call of it. */
export interface ProcessCall {
  readonly input: Json
  /** Those of this tool and this colleague, and no others. They go through a pipe, not the environment. */
  readonly secrets: Readonly<Record<string, string>>
  readonly idempotencyKey: string
  readonly task: string
  readonly document: (hash: string) => Promise<Uint8Array | undefined>
  readonly signal: AbortSignal
}

/** What came of it, and how it was held. */
export interface ProcessOutcome {
  readonly result: { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }
  readonly confinement: Confinement | 'none'
}

const here = fileURLToPath(import.meta.url)
const mebibyte = 1024 * 1024

/** What Node takes beside the memory of its JavaScript. */
const nodeBytes = 768 * mebibyte

/**
 * Calls a module's function in a process of its own: no keys, an empty environment, Node's permission model (only the files granted can be
 * read, nothing written or started), and bubblewrap around it where that is found, which also takes the network away. Never rejects.
 */
export async function runInProcess(program: ProcessProgram, call: ProcessCall): Promise<ProcessOutcome> {
  let confined: Confined
  try {
    confined = await confinedProgram(program)
  } catch (error) {
    return { result: { ok: false, failure: failureOf(error, 'place-unavailable') }, confinement: 'none' }
  }
  const child = start(confined)
  const running = new ToolCall(child, call, program.timeMs ?? 60_000)
  return { result: await running.result, confinement: confined.confinement }
}

async function confinedProgram({
  module,
  files,
  memoryBytes = 256 * mebibyte,
  demand,
}: ProcessProgram): Promise<Confined> {
  const options = [`--max-old-space-size=${Math.ceil(memoryBytes / mebibyte)}`, '--no-warnings']
  const read = [dirname(here), module, ...files].map((from) => ({ from }))
  return await confineNode(
    { file: `${dirname(here)}/child${extname(here)}`, options, args: [module] },
    { read, limits: { memoryBytes: memoryBytes + nodeBytes }, ...(demand === undefined ? {} : { demand }) },
  )
}

function start({ command, args, env }: Confined): ChildProcess {
  return spawn(command, args, { env, cwd: '/', stdio: ['pipe', 'ignore', 'pipe', 'pipe'] })
}
