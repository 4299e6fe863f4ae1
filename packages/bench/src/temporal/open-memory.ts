import { spawnSubject } from '../subject/spawn.ts'
import type { CoordinatedOptions } from './coordinated.ts'
import type { OpenOptions } from './open-subject.ts'

/** Open tasks. */
const count = 1000
/** Open before the first look: what a worker needs once is there by then. */
const first = 50
const mib = 1024 * 1024

/** By how much a worker's memory grows with 1,000 open tasks, in MiB: one of Roster's, and one of bare workflows. */
export async function openMemory(
  options: (name: string) => Promise<CoordinatedOptions>,
): Promise<{ readonly roster: number; readonly bare: number }> {
  const grown = async (what: OpenOptions['what']): Promise<number> => {
    const given = { ...(await options(`open_${what}`)), what } satisfies OpenOptions
    await using subject = await spawnSubject(import.meta.resolve('./open-subject.ts'), given)
    const before = await subject.run(first)
    const after = await subject.run(count)
    return (after.residentBytes - before.residentBytes) / mib
  }
  return { roster: await grown('roster'), bare: await grown('bare') }
}
