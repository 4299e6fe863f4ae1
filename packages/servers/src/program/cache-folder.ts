import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where programs are kept that were obtained by name, outside of any clone: `ROSTER_CACHE`, else `roster` in the cache folder of the user
 * (`XDG_CACHE_HOME`, else `~/Library/Caches` on macOS and `~/.cache` elsewhere).
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['ROSTER_CACHE']) return env['ROSTER_CACHE']
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'roster')
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'roster')
}
