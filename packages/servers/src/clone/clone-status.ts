import { join } from 'node:path'

import { logEnd } from '../process/log-end.ts'
import { isRunning } from '../process/process-identity.ts'
import { type CloneServer, cloneServers } from './clone-server.ts'
import { type KeptServer, readState } from './clone-state.ts'
import { recipes } from './recipes.ts'

/** `died`: it ended by itself. `silent`: its process runs, or a variable names it, and it does not answer. */
export type ServerState = 'running' | 'silent' | 'died' | 'stopped'

/** How one server of a clone is. */
export interface ServerStatus {
  readonly name: CloneServer
  readonly state: ServerState
  /** Where it is, or was: without its password, unless secrets were asked for. Null where it never was. */
  readonly address: string | null
  /** As it says itself; null where it does not answer. */
  readonly version: string | null
  /** Where its program came from, or the variable of the environment that names a server. */
  readonly origin: string | null
  /** The address of its web page. */
  readonly web: string | null
  readonly pid: number | null
  readonly data: string | null
  readonly log: string | null
  /** The end of its log, of one that died or is silent. */
  readonly lastOutput: string | null
  /** The folder with its programs. */
  readonly bin: string | null
}

export interface StatusOptions {
  /** Whether addresses have their passwords. @defaultValue false */
  readonly secrets?: boolean
}

/** The file to which a server of a clone prints. */
export const logOf = (folder: string, name: CloneServer): string => join(folder, `${name}.log`)

/** How the servers of a clone are, each asked. */
export async function cloneStatus(
  folder: string,
  env: NodeJS.ProcessEnv,
  options: StatusOptions = {},
): Promise<readonly ServerStatus[]> {
  const { servers } = await readState(folder)
  return await Promise.all(
    cloneServers.map(async (name) => {
      const given = env[recipes[name].variable]
      return given ? await elsewhere(name, given, options) : await here(folder, name, servers[name], options)
    }),
  )
}

const nowhere = { web: null, pid: null, data: null, log: null, lastOutput: null, bin: null }

async function elsewhere(name: CloneServer, url: string, { secrets = false }: StatusOptions): Promise<ServerStatus> {
  const { variable } = recipes[name]
  const version = await answerOf(name, url)
  const state = version === null ? 'silent' : 'running'
  return { name, state, address: secrets ? url : withoutPassword(url), version, origin: variable, ...nowhere }
}

async function here(
  folder: string,
  name: CloneServer,
  kept: KeptServer | undefined,
  { secrets = false }: StatusOptions,
): Promise<ServerStatus> {
  if (kept === undefined) return { name, state: 'stopped', address: null, version: null, origin: null, ...nowhere }
  const { url } = recipes[name]
  const { process } = kept
  const password = process?.anonymous === true ? undefined : kept.password
  const known = { name, address: url(kept.port, secrets ? password : undefined), data: kept.folder }
  const log = logOf(folder, name)
  if (process === null) return { ...nowhere, ...known, log, state: 'stopped', version: null, origin: null }
  const { origin, bin } = process
  const dead = { ...nowhere, ...known, log, origin, bin, version: null }
  if (!isRunning(process)) return { ...dead, state: 'died', lastOutput: logEnd(log) }
  const version = await answerOf(name, url(kept.port, password))
  const alive = { ...dead, pid: process.pid, web: kept.webPort === null ? null : `http://127.0.0.1:${kept.webPort}` }
  return version === null
    ? { ...alive, state: 'silent', lastOutput: logEnd(log) }
    : { ...alive, state: 'running', version }
}

async function answerOf(name: CloneServer, url: string): Promise<string | null> {
  return await recipes[name].version(url).catch(() => null)
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address) || !address.includes('://')) return address
  const url = new URL(address)
  url.password = ''
  return url.href
}
