import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { explainFailure } from './explain.mjs'
import { isInstalled, PNPM, pinnedNode, stampInstalled } from './installation.mjs'
import { takeInstallLock } from './install-lock.mjs'

/** Bytes of the installer's output that are kept to explain a failure. */
const KEPT = 20_000

/** As patient as npm with a network that stumbles, but without its silent minute where there is none. */
const patience = {
  npm_config_fetch_retries: '3',
  npm_config_fetch_retry_mintimeout: '500',
  npm_config_fetch_retry_maxtimeout: '8000',
}

/** What stops the launcher; its message says what to do. */
export class LaunchError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

const say = (line) => process.stderr.write(`${line}\n`)

function npxProgram() {
  return process.platform === 'win32' ? 'npx.cmd' : 'npx'
}

/** Runs the installer with its progress on standard error: standard output belongs to the program that follows. */
function runInstaller(root) {
  const args = ['-y', `pnpm@${PNPM}`, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false']
  const child = spawn(npxProgram(), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...patience, ...process.env },
    shell: process.platform === 'win32',
  })
  const signals = relaySignals(child)
  let output = ''
  const pass = (chunk) => {
    process.stderr.write(chunk)
    output = (output + chunk).slice(-KEPT)
  }
  child.stdout.on('data', pass)
  child.stderr.on('data', pass)
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        new LaunchError(
          error.code === 'ENOENT'
            ? 'npx is not on the path: install Node 20 or later with npm, and run the same command again.'
            : `The installation cannot be started: ${error.message}`,
        ),
      ),
    )
    child.once('close', (code, signal) => resolve({ code, signal, output, interrupted: signals.seen.length > 0 }))
  }).finally(signals.stop)
}

/**
 * Passes an interrupt on to the installer, and keeps it from ending this process before the installer has ended and the
 * lock is released. A terminal interrupts both by itself.
 */
function relaySignals(child) {
  const seen = []
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      seen.push(signal)
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  return {
    seen,
    stop: () => handlers.forEach(([signal, handler]) => process.off(signal, handler)),
  }
}

async function installLocked(root) {
  if (isInstalled(root)) return
  const started = Date.now()
  say('Installing what Roster needs into this folder (once; nothing global) …')
  const { code, signal, output, interrupted } = await runInstaller(root)
  if (code === 0 && existsSync(pinnedNode(root))) stampInstalled(root)
  if (interrupted || signal !== null || code === 130) {
    throw new LaunchError('The installation was interrupted; run the same command again.', 130)
  }
  if (code !== 0) throw new LaunchError(explainFailure(output, code))
  if (!existsSync(pinnedNode(root))) {
    throw new LaunchError(
      `The installation brought no Node for ${process.platform}-${process.arch}; its own messages are above.`,
    )
  }
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/** Installs the workspace unless it is up to date with the lock file; answers the program of the pinned Node. */
export async function install(root) {
  if (isInstalled(root)) return pinnedNode(root)
  const release = await takeInstallLock(root, say)
  try {
    await installLocked(root)
  } finally {
    release()
  }
  return pinnedNode(root)
}
