/** How often a fault is repeated: a few times in every test run, many times in `npm run test:faults`. */
export function rounds(few: number, many: number): number {
  return process.env['ROSTER_FAULTS'] === 'long' ? many : few
}
