import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SHARED_SERVERS, starters } from '../server/shared-server.ts'
import type { ServerName, TestServer } from '../server/test-server.ts'

const started = new Map<string, Promise<TestServer>>()

async function answerFor(name: string): Promise<object> {
  if (!Object.hasOwn(starters, name)) return { missing: `There is no test server called ${name}.` }
  const server = started.get(name) ?? starters[name as ServerName]()
  started.set(name, server)
  try {
    const { url, version, origin } = await server
    return { url, version, origin }
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.end(JSON.stringify(await answerFor((request.url ?? '').slice(1))))
}

/** Vitest's global setup: starts a server when the first suite asks for it, shares it with all workers, and stops it at the end. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'roster-servers-'))
  const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 'socket')
  const broker = createServer((request, response) => void answer(request, response)).listen(socketPath)
  await once(broker, 'listening')
  process.env[SHARED_SERVERS] = socketPath
  return async () => {
    broker.close()
    const servers = await Promise.allSettled(started.values())
    for (const server of servers) if (server.status === 'fulfilled') await server.value[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
}
