import { appendRequest, newMessage } from '@roster/testing'
import { pgliteStore } from '../../src/index.ts'

/**
 * Appends to a folder until it is killed, 8 streams at once, and prints the id of each record that was acknowledged. Without waiting for the
 * disk: what a process has written, the kernel has, whoever kills the process.
 */
const [folder = '', run = ''] = process.argv.slice(2)
const store = await pgliteStore({ tenant: 'acme', dataDir: folder, fsync: false })
process.stdout.write('open\n')

async function write(stream: string): Promise<never> {
  let after: ReturnType<typeof appendRequest>['record'] | undefined
  for (let version = 1; ; version++) {
    const id = `${stream} ${version}`
    const request = appendRequest({ stream, after, envelope: { id }, pending: [newMessage(`from ${id}`, { stream })] })
    const [result] = await store.append([request])
    if (result?.kind !== 'appended') throw new Error(`${id}: ${JSON.stringify(result)}`)
    process.stdout.write(`${id}\n`)
    after = request.record
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => write(`acme/agent/${run}-${lane}`)))
