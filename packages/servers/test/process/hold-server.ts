// A process that starts the server that its argument names, and is then ended by the test that started it.
import { startNats, startTemporal } from '../../src/index.ts'

const server = await (process.argv[2] === 'nats' ? startNats() : startTemporal())
process.send?.(server.url)
// It lives until a signal ends it, and has no handler that would tidy up.
setInterval(() => {}, 1_000)
