import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Health } from './open-host.ts'

/** Where a process tells its health. */
export interface HealthServer extends AsyncDisposable {
  readonly url: string
}

/** Tells health on the loopback address: 200 while it works, also without the bus; 503 once it has halted. */
export async function serveHealth(health: () => Health, port: number): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/health') {
      response.writeHead(404).end()
      return
    }
    const told = health()
    response
      .writeHead(told.status === 'halted' ? 503 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(told))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
