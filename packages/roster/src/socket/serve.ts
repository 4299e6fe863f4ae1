import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

import type { Operations } from '../client/operations.ts'
import { serveSession } from './session.ts'
import { readSocketFile, removeSocketFile, writeSocketFile } from './socket-file.ts'
import { removeSocket, socketPath } from './socket-path.ts'
import { protocol } from './wire.ts'

/** How long an end waits for the requests that are under way; a client that is cut off asks whoever holds the folder next. */
const graceMs = 2_000

/**
 * Serves the operations of a team to other processes of the same user, on a socket in its folder. To be called by the holder of the folder's
 * lock only: what an earlier holder left is removed.
 *
 * Its end takes the socket away first, then waits two seconds at most for what is under way.
 */
export async function serveOperations(folder: string, operations: Operations): Promise<AsyncDisposable> {
  const left = await readSocketFile(folder)
  if (left !== undefined) await removeSocket(left.path, folder)
  const path = await socketPath(folder)

  const token = randomBytes(32).toString('base64url')
  const open = new Set<Socket>()
  const underWay = new Set<Promise<void>>()
  const begun = (work: Promise<void>): void => {
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    void serveSession(socket, { operations, token, begun })
  })
  try {
    await listen(server, path)
    await writeSocketFile(folder, { protocol, path, token, pid: process.pid })
  } catch (error) {
    server.close()
    throw error
  }

  const end = async (): Promise<void> => {
    await removeSocketFile(folder, token)
    const closed = once(server, 'close')
    server.close()
    await Promise.race([Promise.allSettled(underWay), delay(graceMs, undefined, { ref: false })])
    for (const socket of open) socket.destroySoon()
    await closed
    await removeSocket(path, folder)
  }
  let ended: Promise<void> | undefined
  return { [Symbol.asyncDispose]: () => (ended ??= end()) }
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path)
  await once(server, 'listening')
  await chmod(path, 0o600)
}
