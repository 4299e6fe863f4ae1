import process from 'node:process'
import { inRoot, launch } from './bootstrap/launch.mjs'

const WITHOUT = '--without-servers'
const HOSTILE = '--hostile'
const given = process.argv.slice(2)

await launch(() => ({
  args: [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...given.filter((arg) => arg !== WITHOUT && arg !== HOSTILE),
  ],
  env: {
    ...(given.includes(WITHOUT) ? { ROSTER_WITHOUT_SERVERS: '1' } : {}),
    ...(given.includes(HOSTILE) ? { ROSTER_HOSTILE: '1' } : {}),
  },
}))
