import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import process from 'node:process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']

/** The pinned Node first on the path, so that whatever the program starts as `node` is the same one. */
function environment(node, extra) {
  // Windows spells it `Path`, and a second spelling beside it would be ignored or win, who knows.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') || 'PATH'
  return { ...process.env, ...extra, [name]: `${dirname(node)}${delimiter}${process.env[name] || ''}` }
}

/** Becomes the program where the system lets a process do that: then there is nothing to pass on. */
function replaceProcess(node, args, env) {
  if (typeof process.execve !== 'function' || process.platform === 'win32') return
  // It is marked as experimental, and says so on standard error.
  const warn = process.emitWarning
  process.emitWarning = () => {}
  try {
    process.execve(node, [node, ...args], env)
  } finally {
    process.emitWarning = warn
  }
}

function endLike(code, signal) {
  if (signal === null) {
    process.exitCode = code
    return
  }
  process.kill(process.pid, signal)
}

/**
 * Goes on as `node ...args` under the given Node: standard streams, working folder, exit code and signals are the program's own.
 * An interrupt typed at a terminal reaches the program by itself; any other signal is passed on.
 */
export function goOn(node, args, extra = {}) {
  const env = environment(node, extra)
  replaceProcess(node, args, env)
  const child = spawn(node, args, { stdio: 'inherit', env })
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler)
      endLike(code, signal)
      resolve()
    })
  })
}
