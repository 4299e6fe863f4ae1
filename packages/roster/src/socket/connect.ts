import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'

import { RosterError } from '@roster/core'

import type { Operations } from '../client/operations.ts'
import { Caller } from './caller.ts'
import { operationMethods } from './methods.ts'
import { readSocketFile } from './socket-file.ts'
import { protocol } from './wire.ts'

/**
 * The operations of the team whose process holds the folder; undefined where no process does. A call whose connection is lost fails with
 * `store-unavailable`, which may be tried again: every operation may be repeated.
 */
export async function connectOperations(folder: string): Promise<(Operations & AsyncDisposable) | undefined> {
  const found = await readSocketFile(folder)
  if (found === undefined) return undefined
  const socket = await connected(found.path)
  if (socket === undefined) return undefined
  if (found.protocol !== protocol) {
    socket.destroy()
    throw new RosterError(
      'store-locked',
      `process ${found.pid} holds the folder ${folder} and is of another version of Roster`,
      {
        path: folder,
        hint: 'Use its version, or stop it first.',
      },
    )
  }
  const caller = new Caller(socket, found.token)
  const operations = Object.fromEntries(
    operationMethods.map((method) => [method, (...args: unknown[]) => caller.call(method, args)]),
  )
  return Object.assign(operations as unknown as Operations, { [Symbol.asyncDispose]: () => caller.end() })
}

async function connected(path: string): Promise<Socket | undefined> {
  const socket = createConnection(path)
  try {
    await once(socket, 'connect')
    return socket
  } catch {
    // Nobody listens any more, or it is no socket: the process that wrote the file is gone.
    socket.destroy()
    return undefined
  }
}
