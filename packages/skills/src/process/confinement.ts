/** A file or folder that a confined process may read, and where it sees it. */
export interface Mount {
  readonly from: string
  /** @defaultValue where it is */
  readonly to?: string
}

/** What a confined process is given; everything else is taken from it. */
export interface Grants {
  readonly read: readonly Mount[]
  /** Its whole environment. @defaultValue none */
  readonly env?: Readonly<Record<string, string>>
  /** Whether it may reach the network. Only bubblewrap can take that away. @defaultValue false */
  readonly network?: boolean
  /** Whether it sees the system's programs and their configuration, beside the libraries. @defaultValue false */
  readonly programs?: boolean
}

/**
 * How a process is held, for the record. `bubblewrap`: namespaces of its own, without network, home or other processes. `permission-model`:
 * Node's own, which takes files, children and addons away, and not the network. `environment`: nothing but an empty environment.
 */
export type Confinement = 'bubblewrap' | 'permission-model' | 'environment'

/** A command that is ready to be started. */
export interface Confined {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly confinement: Confinement
}
