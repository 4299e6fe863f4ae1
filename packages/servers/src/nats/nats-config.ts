/** What a NATS server is started with. */
export interface NatsConfig {
  readonly port: number
  /** Where JetStream keeps its streams. */
  readonly storeFolder: string
  /** Undefined: who may connect is said by `more`. */
  readonly password: string | undefined
  readonly sync: NatsSync
  /** Appended as it is. */
  readonly more: string | undefined
}

/** When JetStream writes to the disk what it acknowledged: before it acknowledges, or every two minutes, which is the server's own default. */
export type NatsSync = 'always' | 'interval'

/** The user of a server that knows one password. */
const NATS_USER = 'roster'

const quoted = (text: string): string => JSON.stringify(text)

/** The text of a configuration file. */
export function natsConfig({ port, storeFolder, password, sync, more }: NatsConfig): string {
  const syncing = sync === 'always' ? ', sync_interval: always' : ''
  return [
    `listen: "127.0.0.1:${port}"`,
    `jetstream { store_dir: ${quoted(storeFolder)}${syncing} }`,
    ...(password === undefined ? [] : [`authorization { user: ${NATS_USER}, password: ${quoted(password)} }`]),
    ...(more === undefined ? [] : [more]),
    '',
  ].join('\n')
}

/** Whether a configuration names those who may connect: a password beside an operator is refused by the server. */
export function saysWhoMayConnect(config = ''): boolean {
  return /^\s*(operator|operators|accounts|authorization)\b/m.test(config)
}

/** The address of such a server, with its password. */
export function natsUrl({ port, password }: Pick<NatsConfig, 'port' | 'password'>): string {
  return `nats://${password === undefined ? '' : `${NATS_USER}:${password}@`}127.0.0.1:${port}`
}
