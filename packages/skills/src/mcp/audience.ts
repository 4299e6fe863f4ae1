import { RosterError } from '@roster/core'

import type { RemoteMcpServer } from './mcp-server.ts'

/**
 * Whether a token was issued for this server, as far as can be seen: its declared audience is the server's address, and if it is a JWT, it
 * names that audience itself. A token for somebody else is not sent: the server could use it there.
 *
 * @throws RosterError `audience-refused`, before anything is sent
 */
export function assertAudience({ name, url, audience }: RemoteMcpServer, token?: string): void {
  if (audience === undefined || same(audience, url)) {
    const claimed = token === undefined ? undefined : audienceOf(token)
    if (audience === undefined || claimed === undefined || claimed.some((one) => same(one, audience))) return
    throw refused(name, `its token was issued for ${claimed.join(', ') || 'nobody'}, not for ${audience}`)
  }
  throw refused(name, `its address is ${url}, and its token's audience ${audience}`)
}

function refused(name: string, why: string): RosterError {
  return new RosterError('audience-refused', `${name} gets no token: ${why}`, {
    path: `${name}.audience`,
    hint: 'Have a token issued for this server (RFC 8707: resource), and name that address as its audience.',
  })
}

/** What a JWT says of whom it is for; `undefined` for a token that is none. Its signature is the server's to check. */
function audienceOf(token: string): readonly string[] | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  try {
    const { aud = [] } = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString()) as { aud?: string | string[] }
    return typeof aud === 'string' ? [aud] : aud
  } catch {
    return undefined
  }
}

/** The canonical form of a resource: no fragment, no slash at the end, scheme and host in small letters. */
function same(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && canonicalUrl(one) === canonicalUrl(other)
}

function canonicalUrl(text: string): string {
  const { origin, pathname, search } = new URL(text)
  return `${origin}${pathname.replace(/\/$/, '')}${search}`
}
