import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isRosterError } from '@roster/core'
import type { TestServer } from '@roster/servers'
import { SHARED_SERVERS, type ServerName, starters } from '../server/shared-server.ts'

const started = new Map<string, Promise<TestServer>>()

async function answerFor(name: string): Promise<object> {
  if (!Object.hasOwn(starters, name)) return { missing: `There is no test server called ${name}.` }
  const server = started.get(name) ?? starters[name as ServerName]()
  started.set(name, server)
  try {
    const { url, version, origin } = await server
    return { url, version, origin }
  } catch (error) {
    return { missing: isRosterError(error) ? [error.message, error.hint].join(' ') : String(error) }
  }
}

/** Vitest's global setup: starts a server when the first suite asks for it, shares it with all workers, and stops it at the end. */
export async function setup(): Promise<() => Promise<void>> {
  // Whoever else is on this machine reaches the loopback address, and the answers hold passwords.
  const secret = randomBytes(16).toString('hex')
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, given, name = ''] = (request.url ?? '').split('/')
    response.end(JSON.stringify(given === secret ? await answerFor(name) : { missing: 'The address is wrong.' }))
  }
  const broker = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(broker, 'listening')
  process.env[SHARED_SERVERS] = `http://127.0.0.1:${(broker.address() as AddressInfo).port}/${secret}`
  return async () => {
    broker.close()
    broker.closeAllConnections()
    const servers = await Promise.allSettled(started.values())
    for (const server of servers) if (server.status === 'fulfilled') await server.value[Symbol.asyncDispose]()
  }
}
