import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/** The pnpm that installs: exact, so that a clone installs the same way on every day. */
export const PNPM = '12.21.0'

const stampOf = (root) => join(root, 'node_modules', '.roster-installed')

/** The program of the pinned Node, which the package `node` carries. */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** What a complete installation of this checkout on this machine is stamped with. */
function expectedStamp(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  return `${lock} pnpm@${PNPM} ${process.platform}-${process.arch}\n`
}

/** Whether `node_modules` holds what the lock file says; one small file is read, nothing is resolved. */
export function isInstalled(root) {
  if (!existsSync(stampOf(root)) || !existsSync(pinnedNode(root))) return false
  return readFileSync(stampOf(root), 'utf8') === expectedStamp(root)
}

/** Marks the installation as complete, and puts `roster` where `npx` looks from any subfolder. */
export function stampInstalled(root) {
  const bin = join(root, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  if (process.platform !== 'win32') {
    rmSync(join(bin, 'roster'), { force: true })
    symlinkSync(join('..', '..', 'bin', 'roster.mjs'), join(bin, 'roster'))
  }
  writeFileSync(stampOf(root), expectedStamp(root))
}
