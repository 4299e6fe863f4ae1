const long = process.env['ROSTER_FAULTS'] === 'long'

/** How often a fault is repeated: a few times in every test run, many times in `npm run test:faults`. */
export function rounds(few: number, many: number): number {
  return long ? many : few
}

/** How long a trial may take, in milliseconds: on a machine that is busy with something else, too. */
export const patienceMs = long ? 1_800_000 : 300_000
