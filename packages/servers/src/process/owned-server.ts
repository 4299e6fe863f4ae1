import { setTimeout as delay } from 'node:timers/promises'

import { RosterError } from '@roster/core'
import type { TestServer } from '../test-server.ts'
import { SupervisedProcess } from './supervised-process.ts'
import type { ServerCommand } from './supervisor-protocol.ts'

/** What a killed server held, such as its port or its shared memory, is held by the system for a moment. */
const PASSING = /shared memory|already in use|could not bind|lock file/
const START_TRIES = 20
const START_PAUSE_MS = 100

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
  await startPatiently(held, command)
  return {
    url,
    version: await version(),
    origin,
    kill: async (signal = 'SIGKILL') => await held.end(signal),
    restart: async () => {
      await held.end(stopSignal)
      await startPatiently(held, command)
    },
    [Symbol.asyncDispose]: async () => await held[Symbol.asyncDispose](),
  }
}

async function startPatiently(held: SupervisedProcess, command: ServerCommand): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await held.start(command)
      return
    } catch (error) {
      const passes = error instanceof RosterError && PASSING.test(error.message)
      if (!passes || attempt === START_TRIES) throw error
      await delay(START_PAUSE_MS)
    }
  }
}
