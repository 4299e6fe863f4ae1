import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { CommandError } from '../failure/command-error.ts'

/** How much of npm's own words is kept to explain a failure. */
const keptCharacters = 2_000

/** Installs what a new team needs, from the npm registry. */
export async function installTeam(folder: string, signal: AbortSignal): Promise<void> {
  const windows = process.platform === 'win32'
  const npm = spawn(windows ? 'npm.cmd' : 'npm', ['install', '--no-audit', '--no-fund'], {
    cwd: folder,
    signal,
    shell: windows,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  npm.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-keptCharacters)))
  const [code] = (await once(npm, 'close').catch((cause: unknown) => {
    throw new CommandError('failed', 'npm cannot be started', {
      path: folder,
      hint: 'Install Node with npm, then run npm install in the new folder.',
      cause,
    })
  })) as [number | null]
  if (code !== 0)
    throw new CommandError('failed', `npm install ended with code ${code}:\n${said.trim()}`, {
      path: folder,
      hint: 'The files are written: run npm install there again.',
    })
}
