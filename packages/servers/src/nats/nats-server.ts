import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { externalServer } from '../external-server.ts'
import { freePort } from '../process/free-port.ts'
import { ownServer } from '../process/owned-server.ts'
import { createServerFolder } from '../process/server-folder.ts'
import { SupervisedProcess } from '../process/supervised-process.ts'
import type { ServerCommand } from '../process/supervisor-protocol.ts'
import { natsProgram } from '../program/nats-program.ts'
import { obtainProgram } from '../program/obtain-program.ts'
import { obtaining } from '../program/obtaining.ts'
import type { OnProgress } from '../program/program.ts'
import type { TestServer } from '../test-server.ts'
import { natsConfig, natsUrl, saysWhoMayConnect, type NatsSync } from './nats-config.ts'
import { natsVersion } from './nats-version.ts'

export interface NatsOptions {
  /**
   * Configuration text that is appended to the server's own. Where it says who may connect (`operator`, `accounts`, `authorization`), the server
   * has no password of its own, and its `url` names nobody.
   */
  readonly config?: string
  /**
   * Whether JetStream writes to the disk before it acknowledges, or every two minutes. The second is many times as fast, and what a crash of
   * the machine takes is sent again by design; a crash of the server's process alone takes nothing either way.
   * @defaultValue interval
   */
  readonly sync?: NatsSync
  readonly onProgress?: OnProgress
}

/**
 * Starts a NATS server with JetStream of its own on the loopback address, in a fresh folder; or answers the one that NATS_URL names, unless a
 * configuration is given, which another's server cannot be asked for. Fails with `server-missing` where no program can be had, and with
 * `server-failed` and the end of its log where it does not start.
 */
export async function startNats(options: NatsOptions = {}): Promise<TestServer> {
  const { config, sync = 'interval', onProgress } = options
  const given = process.env['NATS_URL']
  if (given && config === undefined) return await externalServer('NATS_URL', given, natsVersion)
  const program = await obtainProgram(natsProgram, obtaining(onProgress))
  const folder = await createServerFolder('nats', undefined)
  const held = new SupervisedProcess(folder)
  try {
    const password = saysWhoMayConnect(config) ? undefined : randomBytes(16).toString('hex')
    const port = await freePort()
    const file = join(folder, 'nats.conf')
    const text = natsConfig({ port, storeFolder: join(folder, 'data'), password, sync, more: config })
    await writeFile(file, text, { mode: 0o600 })
    const url = natsUrl({ port, password })
    return await ownServer({
      held,
      command: natsCommand(program.path, file, folder),
      url,
      origin: program.origin,
      version: async () => await natsVersion(url),
      stopSignal: 'SIGTERM',
    })
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw error
  }
}

/** The command that serves what a configuration file says. */
export function natsCommand(program: string, file: string, folder: string): ServerCommand {
  return {
    program,
    args: ['-c', file],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    user: undefined,
    readyText: 'Server is ready',
  }
}
