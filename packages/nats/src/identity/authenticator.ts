import type { Authenticator } from '@nats-io/nats-core'

import type { Nkey } from './nkey.ts'

/** Proves to a server who one is: the JWT of the moment, and its nonce signed with the holder's key. */
export function authenticatorOf(jwt: () => string, key: Nkey): Authenticator {
  return (nonce) => ({
    jwt: jwt(),
    nkey: key.publicKey,
    sig: nonce === undefined ? '' : Buffer.from(key.sign(Buffer.from(nonce))).toString('base64url'),
  })
}
