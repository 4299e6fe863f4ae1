import process from 'node:process'
import { inRoot, launch } from './bootstrap/launch.mjs'

const WITHOUT = '--without-servers'
const given = process.argv.slice(2)

await launch(() => ({
  args: [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...given.filter((arg) => arg !== WITHOUT)],
  env: given.includes(WITHOUT) ? { ROSTER_WITHOUT_SERVERS: '1' } : {},
}))
