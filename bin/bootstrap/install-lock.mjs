import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 250

function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The process that holds the lock, or undefined if that process is gone or the lock was just released. */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // An empty file was just created by a process that has not written its id yet: it counts as alive.
    if (pid === 0) return 'starting'
    process.kill(pid, 0)
    return pid
  } catch (error) {
    return error.code === 'EPERM' ? 'of another user' : undefined
  }
}

/** Removes what a dead process left. Renamed first, so that of two who find it only one goes on. */
function discardStale(file) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/**
 * Takes the lock that lets one process at a time install in this checkout, waiting for another that does.
 * Answers a function that releases it. The lock of a process that died is taken over.
 */
export async function takeInstallLock(root, say) {
  const file = join(root, '.roster-install.lock')
  let told = false
  while (!tryTake(file)) {
    const holder = holderOf(file)
    if (holder === undefined) {
      discardStale(file)
      continue
    }
    if (!told) say(`Another process (${holder}) is installing in this folder; waiting for it.`)
    told = true
    await delay(POLL_MS)
  }
  return () => rmSync(file, { force: true })
}
