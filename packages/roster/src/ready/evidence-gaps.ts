import type { Analysed } from '../client/operations.ts'
import type { Waiting } from '../deployment/consent.ts'
import type { TeamHistory } from '../deployment/team-history.ts'
import type { Gap } from './gap.ts'

const dayMs = 86_400_000

/** How old a key may be, and how long ago a drill, in milliseconds. */
const maxKeyAgeMs = 365 * dayMs
const maxDrillAgeMs = 90 * dayMs

/** Gaps that only the records of a team show. */
export function evidenceGaps(
  history: TeamHistory,
  {
    analyses,
    waiting,
    now,
  }: { readonly analyses: readonly Analysed[]; readonly waiting: readonly Waiting[]; readonly now: number },
): readonly Gap[] {
  return [
    ...waiting.flatMap(consentGaps),
    ...analyses.flatMap(pathGaps),
    ...keyGaps(history, now),
    ...drillGaps(history, now),
  ]
}

function consentGaps({ thing, owners }: Waiting): readonly Gap[] {
  return owners.map((owner) => ({
    code: 'consent-missing',
    what: `${thing} ${owner}`,
    says: `${thing} changed, and ${owner}, who depends on it, has not agreed`,
    mend: `roster consent ${thing} --as ${owner}`,
  }))
}

function pathGaps({ id, kind, moves, exercised }: Analysed): readonly Gap[] {
  if (kind !== 'playbook') return []
  const never = exercised === null ? moves : exercised.never.length
  if (never === 0) return []
  const first = exercised?.never[0]
  return [
    {
      code: 'paths-unexercised',
      what: `playbook/${id}`,
      says: `${never} of ${moves} moves of ${id} were never made${first === undefined ? '' : `, such as "${first}"`}`,
      mend: 'publish tasks that take them; roster check --histories lists them',
    },
  ]
}

function keyGaps({ keysSince }: TeamHistory, now: number): readonly Gap[] {
  const old = Object.entries(keysSince).filter(([, since]) => now - since > maxKeyAgeMs)
  return old.map(([name, since]) => ({
    code: 'keys-old',
    what: `key/${name}`,
    says: `the key of ${name} has counted for ${Math.floor((now - since) / dayMs)} days`,
    mend: 'move its file out of .roster/keys while nobody works, and start the team; roster rotate for those of the bus',
  }))
}

function drillGaps({ drills }: TeamHistory, now: number): readonly Gap[] {
  const last = drills.findLast(({ verified }) => verified)
  if (last !== undefined && now - last.at <= maxDrillAgeMs) return []
  const says =
    last === undefined
      ? 'it was never tried to have everything back from an export'
      : `the last drill of having everything back was ${Math.floor((now - last.at) / dayMs)} days ago`
  return [{ code: 'restore-undrilled', what: 'records', says, mend: 'roster ready --drill --as <person>' }]
}
