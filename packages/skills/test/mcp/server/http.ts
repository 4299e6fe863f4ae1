import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler } from '@modelcontextprotocol/server'

import { ratesServer } from './rates.ts'

/** A server over streamable HTTP on this machine. */
export interface HttpServer extends AsyncDisposable {
  readonly url: string
  /** What its tool is described as; may be changed while it runs. */
  description: string
  /** Who was let in; answers all others with 401. @defaultValue everybody */
  token: string | undefined
  /** Where it sends whoever calls, instead of answering. */
  redirect: string | undefined
  /** Who issues tokens for it: whoever has none is told so. */
  issuer: string | undefined
  /** Headers of all requests so far. */
  readonly requests: IncomingMessage['headers'][]
}

/** Starts it. */
export async function httpServer(): Promise<HttpServer> {
  const state: Pick<HttpServer, 'description' | 'token' | 'redirect' | 'issuer'> = {
    description: 'The rate of the euro.',
    token: undefined,
    redirect: undefined,
    issuer: undefined,
  }
  const requests: IncomingMessage['headers'][] = []
  const handle = toNodeHandler(createMcpHandler(ratesServer(() => state.description)))
  let url = ''
  const server = createServer((request, response) => {
    requests.push(request.headers)
    const { token, redirect, issuer } = state
    const metadata = `${new URL(url).origin}/.well-known/oauth-protected-resource/mcp`
    if (issuer !== undefined && request.url?.startsWith('/.well-known/oauth-protected-resource') === true) {
      const body = JSON.stringify({ resource: url, authorization_servers: [issuer] })
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    } else if (redirect !== undefined) response.writeHead(307, { location: redirect }).end()
    else if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${metadata}"` }).end()
    else void handle(request as Parameters<typeof handle>[0], response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
  return Object.assign(state, {
    url,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
