import process from 'node:process'
import { inRoot, launch } from './bootstrap/launch.mjs'

const main = inRoot('docs', 'examples', 'accounts-payable', 'src', 'main.ts')

await launch(() => ({ args: [main, ...process.argv.slice(2)] }))
