import { oneCredential, type Credentials } from '@roster/nats'

/** Whoever the address of the server names, for everybody: user and password stand in the URL. */
export function credentialsOf(natsUrl: string): Credentials {
  const urls = natsUrl.split(',').map((text) => new URL(text.trim()))
  const [first] = urls
  const { username = '', password = '' } = first ?? {}
  const servers = urls.map(({ host }) => host)
  return oneCredential(
    username === '' ? { servers } : { servers, user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  )
}
