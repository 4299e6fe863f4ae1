import type { TestServer } from '../test-server.ts'
import { patiently } from './patiently.ts'
import type { SupervisedProcess } from './supervised-process.ts'
import type { ServerCommand } from './supervisor-protocol.ts'

/** What a server that this process owns is made of. */
export interface OwnedServer {
  readonly held: SupervisedProcess
  readonly command: ServerCommand
  readonly url: string
  readonly origin: string
  /** Asks the server, once it serves. */
  readonly version: () => Promise<string>
  /** Ends it in order. */
  readonly stopSignal: NodeJS.Signals
}

/** Starts a server that ends with this process. */
export async function ownServer({ held, command, url, origin, version, stopSignal }: OwnedServer): Promise<TestServer> {
  await patiently(() => held.start(command))
  return {
    url,
    version: await version(),
    origin,
    kill: async (signal = 'SIGKILL') => await held.end(signal),
    restart: async () => {
      await held.end(stopSignal)
      await patiently(() => held.start(command))
    },
    [Symbol.asyncDispose]: async () => await held[Symbol.asyncDispose](),
  }
}
