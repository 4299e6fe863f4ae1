import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../peers/', import.meta.url)

/** Installs what the bench compares with, exactly as locked, unless it is there. The progress of the installer is shown. */
export async function installPeers(progress: (text: string) => void): Promise<void> {
  if (isInstalled()) return
  progress('installing the peers (once, into packages/bench/peers)')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=http']
  const child = spawn(npm, args, {
    cwd: fileURLToPath(folder),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`npm ci in packages/bench/peers ended with ${code}; its own messages are above`)
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

/** Whether what npm says it installed is what is locked. */
function isInstalled(): boolean {
  const installed = new URL('node_modules/.package-lock.json', folder)
  if (!existsSync(installed)) return false
  const [wanted, found] = [new URL('package-lock.json', folder), installed].map(
    (file) => (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages,
  )
  return Object.entries(wanted ?? {}).every(([path, { version }]) => path === '' || found?.[path]?.version === version)
}
