import type { OnProgress } from '../program/program.ts'
import type { ServerCommand } from '../process/supervisor-protocol.ts'
import type { CloneSettings, KeptServer } from './clone-state.ts'

/** The servers that a clone can have, in the order in which they are started. */
export const cloneServers = ['postgres', 'nats', 'temporal'] as const

export type CloneServer = (typeof cloneServers)[number]

/** Where one server of a clone keeps its things, and what was chosen for it. */
export interface Place {
  /** Belongs to the server alone. */
  readonly folder: string
  readonly kept: KeptServer
  readonly settings: CloneSettings
  readonly onProgress: OnProgress
}

/** A server that can be started. */
export interface Prepared {
  readonly command: ServerCommand
  readonly origin: string
  /** A folder for the PATH of those who use the server. */
  readonly bin: string
  /** Who may connect is not said by our password. @defaultValue false */
  readonly anonymous?: boolean
}

/** All that differs between the kinds of servers of a clone. */
export interface Recipe {
  readonly title: string
  /** Names a server that runs elsewhere; then none is started. It is also what its clients read. */
  readonly variable: string
  readonly stopSignal: NodeJS.Signals
  readonly hasWebPage: boolean
  /** Whether it refuses to run as root, and gets a folder that another user can reach. */
  readonly needsOtherUser: boolean
  /** With the password; undefined leaves it out. */
  url(port: number, password: string | undefined): string
  /** Asks the server itself. */
  version(url: string): Promise<string>
  /** Gets the program, and prepares the folder where that was not done before. */
  prepare(place: Place): Promise<Prepared>
}
