import { readState, type CloneSettings } from './clone-state.ts'

/** What was asked for at the last `up`; the defaults where there was none. */
export async function cloneSettings(folder: string): Promise<CloneSettings> {
  return (await readState(folder)).settings
}
