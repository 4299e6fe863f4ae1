import { lockFolder } from '../../src/index.ts'

/** Locks a folder and keeps it until it is killed. */
await lockFolder(process.argv[2] ?? '')
process.stdout.write('locked\n')
setInterval(() => {}, 1000)
