import type { OnProgress } from './program.ts'

/** In which environment something is obtained, and who hears how far it is. */
export interface Obtaining {
  /** Its PATH is searched, and its ROSTER_CACHE names the cache. */
  readonly env: NodeJS.ProcessEnv
  readonly onProgress: OnProgress
}

/** In this process's own environment. */
export function obtaining(onProgress: OnProgress = () => {}): Obtaining {
  return { env: process.env, onProgress }
}
