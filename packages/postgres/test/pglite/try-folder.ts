import { isRosterError } from '@roster/core'
import { lockFolder } from '../../src/index.ts'

/** Tries to lock a folder, says how that went, and stays. */
try {
  await lockFolder(process.argv[2] ?? '')
  process.stdout.write('locked\n')
} catch (error) {
  process.stdout.write(`${isRosterError(error) ? error.code : String(error)}\n`)
}
setInterval(() => {}, 1000)
