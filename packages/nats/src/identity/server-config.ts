/** What a server must be told to know an operator and the accounts. */
export interface Trust {
  readonly operatorJwt: string
  readonly account: { readonly key: string; readonly jwt: string }
  readonly system: { readonly key: string; readonly jwt: string }
}

/** Bytes of the longest line that a client may send. A credential that names many recipients is longer than the server's 4 KiB. */
const maxControlLine = 65_536

/**
 * The part of a NATS server's configuration that makes it trust an operator: text to be added to the rest. The server keeps accounts in a
 * folder and takes newer ones from the system account (`roster rotate`, `roster revoke`); those given here are only its first.
 *
 * @param folder where the server keeps what it knows of accounts
 */
export function serverConfig({ operatorJwt, account, system }: Trust, folder: string): string {
  return `operator: ${operatorJwt}
system_account: ${system.key}
resolver: {
  type: full
  dir: ${JSON.stringify(folder)}
  allow_delete: false
  interval: "2m"
  limit: 1000
  timeout: "1s"
}
resolver_preload: {
  ${account.key}: ${account.jwt}
  ${system.key}: ${system.jwt}
}
max_control_line: ${maxControlLine}
`
}
