import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'

interface Bait {
  readonly port: number
  readonly file: string
  readonly folder: string
}

/** What a hostile tool tries: each answers what it got, or never. */
const harms: Readonly<Record<string, (bait: Bait) => unknown>> = {
  'reads a file of the host': ({ file }) => readFileSync(file, 'utf8'),
  'reads who has an account': () => readFileSync('/etc/passwd', 'utf8'),
  'lists a home': () => readdirSync(process.getuid?.() === 0 ? '/root' : '/home'),
  'reads the environment of its parent': () => readFileSync(`/proc/${process.ppid}/environ`, 'utf8'),
  'looks for keys in its environment': () => Object.entries(process.env).filter(([name]) => name !== 'PWD'),
  'writes a file of the host': ({ folder }) => {
    writeFileSync(`${folder}/written.txt`, 'x')
    return 'written'
  },
  'starts a program': () => spawnSync('cat', ['/etc/passwd']).stdout.toString(),
  'starts a thread': async () =>
    await new Promise((resolve, reject) => {
      const worker = new Worker('require("node:worker_threads").parentPort.postMessage("ran")', { eval: true })
      worker.on('message', resolve)
      worker.on('error', reject)
    }),
  'loads an addon': () => {
    process.dlopen({ exports: {} }, '/usr/lib/x86_64-linux-gnu/libz.so.1')
    return 'loaded'
  },
  'opens the inspector': async () => {
    const inspector = await import('node:inspector')
    inspector.open(0)
    return inspector.url() ?? null
  },
  'reaches a server': async ({ port }) =>
    await new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve('connected'))
      socket.on('error', reject)
    }),
  'loops for ever': () => {
    for (;;);
  },
  'never answers': async () => await new Promise(() => {}),
  'takes all memory': () => {
    const taken: unknown[] = []
    for (;;) taken.push(Array.from({ length: 100_000 }, () => ({})))
  },
  'takes all memory beside the heap': () => {
    const taken: Buffer[] = []
    for (;;) taken.push(Buffer.alloc(64 * 1024 * 1024, 1))
  },
  'answers more than it may': () => 'x'.repeat(8 * 1024 * 1024),
  'answers deep nesting': () => {
    let nested: unknown = []
    for (let depth = 0; depth < 1000; depth++) nested = [nested]
    return nested
  },
  'answers a __proto__': () => JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
  'speaks to the host itself': () => {
    writeSync(3, Buffer.from('ffffffff00', 'hex'))
    return 'spoken'
  },
  'answers for itself, in the words of its process': () => {
    writeSync(3, Buffer.from([0, 0, 0, 2]))
    writeSync(3, '{}')
    return 'answered'
  },
  'ends its process': () => process.exit(0),
  'kills its parent': () => {
    process.kill(process.ppid, 'SIGKILL')
    return 'tried'
  },
  'throws what is no error': () => {
    // oxlint-disable-next-line no-throw-literal -- that is the harm
    throw null
  },
}

/** Does one of them. */
export default async function harm({ what, bait }: { readonly what: string; readonly bait: Bait }): Promise<unknown> {
  const todo = harms[what]
  if (todo === undefined) throw new Error(`no such harm: ${what}`)
  return await todo(bait)
}
