import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

import { RosterError } from '@roster/core'
import { Agent, fetch as undiciFetch } from 'undici'

import { isPublicAddress } from './public-address.ts'

/** A fetch that reaches only what may be reached; dispose of it to close its connections. */
export interface GuardedFetch extends AsyncDisposable {
  readonly fetch: typeof globalThis.fetch
  /** The last address that was refused, if one was: libraries on the way replace errors by their own. */
  readonly refusal: () => RosterError | undefined
}

/** The longest body that is read, in bytes. */
const maxBodyBytes = 4 * 1024 * 1024

/**
 * Calls public addresses by https, and nothing else, unless the server is one's own. The address is looked at when the connection is made, so
 * that a name which leads somewhere else the second time leads nowhere; redirects are never followed here: whoever follows one asks again.
 * Proxies of the environment are not used.
 */
export function guardedFetch({ internal = false }: { readonly internal?: boolean } = {}): GuardedFetch {
  const agent = new Agent({ connect: { lookup: internal ? lookup : publicLookup } })
  let refusal: RosterError | undefined
  const guarded = async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input)
    try {
      if (!internal) assertPublic(url)
      const options = { ...init, redirect: 'manual', dispatcher: agent }
      const response = (await undiciFetch(url, options as never)) as unknown as Response
      return bounded(response)
    } catch (error) {
      // What the look-up refused comes wrapped; it is the refusal that matters.
      refusal = refusalIn(error)
      throw refusal ?? error
    }
  }
  return {
    fetch: guarded as typeof globalThis.fetch,
    refusal: () => refusal,
    [Symbol.asyncDispose]: async () => await agent.destroy(),
  }
}

function assertPublic({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw refused(hostname, `it is called by ${protocol}//, not by https://`)
  const literal = hostname.replace(/^\[|\]$/g, '')
  // An address needs no look-up, so it is looked at here.
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw refused(hostname, 'it is a private address')
}

/** Answers only public addresses of a name. One that has a private one among them is refused whole. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '')
    const other = addresses.find(({ address }) => !isPublicAddress(address))
    if (other !== undefined) return callback(refused(hostname, `it is at the private address ${other.address}`), '')
    if (options.all === true) return callback(null, addresses)
    callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
  })
}

function refused(host: string, why: string): RosterError {
  return new RosterError('address-refused', `${host} may not be called: ${why}`, {
    path: host,
    hint: 'Use its public https address; if it is a server of your own network, say internal: true in its definition.',
  })
}

function refusalIn(error: unknown): RosterError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof RosterError) return at
  return undefined
}

/** The response, whose body ends with an error where it becomes too long. */
function bounded(response: Response): Response {
  if (response.body === null) return response
  let read = 0
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      read += chunk.byteLength
      if (read <= maxBodyBytes) controller.enqueue(chunk)
      else controller.error(new RosterError('size-exceeded', `the server answers more than ${maxBodyBytes} bytes`))
    },
  })
  const { status, statusText, headers } = response
  return new Response(response.body.pipeThrough(count), { status, statusText, headers: new Headers([...headers]) })
}
