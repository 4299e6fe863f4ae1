/** `npm run test:hostile` runs all hostile programs; with all other tests there is time for the usual ones. */
export const programs = process.env['ROSTER_HOSTILE'] === '1' ? 'all' : 'usual'
