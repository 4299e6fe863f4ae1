import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What would show that a program read, wrote or connected: a secret, a folder and a server. */
export interface Traps extends AsyncDisposable {
  /** Stands in the environment and in a file of the folder. */
  readonly canary: string
  /** Where the server listens, and the file lies: what a program is told so that it can try. */
  readonly bait: { readonly port: number; readonly file: string; readonly folder: string }
  /** What was touched so far. */
  readonly touched: () => Promise<{ readonly connections: number; readonly files: readonly string[] }>
}

const variable = 'ROSTER_CANARY'

/** Sets the traps. */
export async function setTraps(): Promise<Traps> {
  const canary = 'canary-7f3a91c2d4'
  const folder = await mkdtemp(join(tmpdir(), 'roster-trap-'))
  const file = join(folder, 'canary.txt')
  await writeFile(file, canary)
  process.env[variable] = canary
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {})
    socket.end(canary)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    canary,
    bait: { port: typeof address === 'object' && address !== null ? address.port : 0, file, folder },
    touched: async () => ({ connections, files: await readdir(folder) }),
    async [Symbol.asyncDispose]() {
      delete process.env[variable]
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}
