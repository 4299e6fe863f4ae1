import type { Issued } from './authority.ts'
import type { Nkey } from './nkey.ts'

/** A credential as the clients of NATS read it from a file (`nats --creds`, `nats.connect(user_credentials=…)`). It holds the secret. */
export function credentialFile({ jwt }: Pick<Issued, 'jwt'>, key: Nkey): string {
  return `-----BEGIN NATS USER JWT-----
${jwt}
------END NATS USER JWT------

************************* IMPORTANT *************************
The seed below proves who you are: keep this file secret.

-----BEGIN USER NKEY SEED-----
${key.seed}
------END USER NKEY SEED------

*************************************************************
`
}
