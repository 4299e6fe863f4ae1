import { pgliteStore } from '../../src/index.ts'

/** Makes a store in a new folder and keeps it until it is killed. */
await pgliteStore({ tenant: 'acme', dataDir: process.argv[2] ?? '' })
process.stdout.write('open\n')
setInterval(() => {}, 1000)
