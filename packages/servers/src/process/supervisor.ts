// The process between a test run and one server. S1 it is the server's parent and in a session of its own, so that an
// interrupt at the terminal does not reach the server. S2 when its owner goes away, for whatever reason, SIGKILL
// included, the channel closes: it ends the server, removes its files and exits. S3 it has no other reason to exit.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import type { ServerCommand, SupervisorReport, SupervisorRequest } from './supervisor-protocol.ts'

const STOP_WITHIN_MS = 10_000
const KEPT_OUTPUT = 8_000

let server: ChildProcess | undefined
const folders: string[] = []

const report = (message: SupervisorReport): boolean | undefined => process.connected && process.send?.(message)

function start(command: ServerCommand): void {
  const { program, args, cwd, env, user, readyText } = command
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...user })
  server = child
  let output = ''
  let ready = false
  const listen = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT)
    if (ready || readyText === undefined || !output.includes(readyText)) return
    ready = true
    report({ kind: 'ready' })
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  child.once('error', (error) => report({ kind: 'exited', code: null, output: error.message }))
  // Not `close`: a server's own children keep its output open for a moment after it was killed.
  child.once('exit', (code) => report({ kind: 'exited', code, output }))
}

const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null

async function end(): Promise<void> {
  if (server !== undefined && isRunning(server)) {
    const exit = once(server, 'exit')
    server.kill('SIGINT')
    const late = setTimeout(() => server?.kill('SIGKILL'), STOP_WITHIN_MS)
    await exit
    clearTimeout(late)
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

process.on('message', (request: SupervisorRequest) => {
  if (request.kind === 'remove-at-end') folders.push(request.folder)
  else if (request.kind === 'start') start(request.command)
  else server?.kill(request.signal)
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.once('disconnect', () => void end().then(() => process.exit()))
