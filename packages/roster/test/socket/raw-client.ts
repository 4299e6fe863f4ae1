import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'

interface SocketFile {
  readonly path: string
  readonly token: string
  readonly pid: number
}

export async function socketFile(folder: string): Promise<SocketFile> {
  return JSON.parse(await readFile(join(folder, 'socket.json'), 'utf8')) as SocketFile
}

/** Writes these bytes to a socket and answers all that came back before the other side ended. */
export async function say(path: string, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket: Socket = createConnection(path)
  await once(socket, 'connect')
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')))
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const part of parts) socket.write(part)
  socket.end()
  await closed
  return heard
}
