import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** An authorization server that gives a token to whoever has the secret of the client, for the resource that is asked for. */
export interface Issuer extends AsyncDisposable {
  readonly url: string
  /** Forms of all requests for a token. */
  readonly asked: URLSearchParams[]
}

/** The token that it gives for a resource. */
export const tokenFor = (resource: string): string => `token-for-${resource}`

/** Starts it. */
export async function issuer(): Promise<Issuer> {
  const asked: URLSearchParams[] = []
  let url = ''
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (body: unknown): void => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.url?.startsWith('/.well-known/oauth-authorization-server') === true)
      return answer({
        issuer: url,
        token_endpoint: `${url}/token`,
        authorization_endpoint: `${url}/authorize`,
        response_types_supported: ['code'],
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
      })
    if (request.url !== '/token') return void response.writeHead(404).end()
    const form = new URLSearchParams(await text(request))
    asked.push(form)
    const isKnown = request.headers.authorization === `Basic ${Buffer.from('desk:client-secret').toString('base64')}`
    if (!isKnown)
      return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}')
    answer({ access_token: tokenFor(form.get('resource') ?? 'nobody'), token_type: 'Bearer', expires_in: 300 })
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
