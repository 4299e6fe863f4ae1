import type { Clock, Policy, Team } from '@roster/core'
import { hasKeys, oneCredential, teamCredentials, type CredentialObservation, type Credentials } from '@roster/nats'

import type { Settings } from './settings.ts'

/** What credentials of a process are made of. */
export interface CredentialParts {
  readonly team: Team
  readonly policy: Policy
  readonly settings: Pick<Settings, 'folder' | 'natsUrl'>
  readonly clock: Clock
  readonly observe?: (observation: CredentialObservation) => void
}

/**
 * Who this process is on the bus. Where the folder has keys (`roster keys init`), each colleague connects under its own name, with a
 * credential that is renewed; where it has none, everybody is whoever the address of the server names.
 */
export async function openCredentials({
  team,
  policy,
  settings: { folder, natsUrl },
  clock,
  observe,
}: CredentialParts): Promise<Credentials & AsyncDisposable> {
  if (!(await hasKeys(folder))) return { ...credentialsOf(natsUrl), [Symbol.asyncDispose]: () => Promise.resolve() }
  const servers = natsUrl.split(',').map((text) => new URL(text.trim()).host)
  const observing = observe === undefined ? {} : { observe }
  return await teamCredentials({ team, policy, folder, servers, clock, env: process.env, ...observing })
}

/** Whoever the address of the server names, for everybody: user and password stand in the URL. */
function credentialsOf(natsUrl: string): Credentials {
  const urls = natsUrl.split(',').map((text) => new URL(text.trim()))
  const [first] = urls
  const { username = '', password = '' } = first ?? {}
  const servers = urls.map(({ host }) => host)
  return oneCredential(
    username === '' ? { servers } : { servers, user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  )
}
