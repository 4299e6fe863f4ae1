import { join } from 'node:path'

import { externalServer } from '../external-server.ts'
import { freePort } from '../process/free-port.ts'
import { ownServer } from '../process/owned-server.ts'
import { createServerFolder } from '../process/server-folder.ts'
import { SupervisedProcess } from '../process/supervised-process.ts'
import { obtainProgram } from '../program/obtain-program.ts'
import { obtaining } from '../program/obtaining.ts'
import type { OnProgress } from '../program/program.ts'
import { temporalProgram } from '../program/temporal-program.ts'
import type { TestServer } from '../test-server.ts'
import { temporalCommand } from './temporal-command.ts'
import { temporalVersion } from './temporal-version.ts'

export interface TemporalOptions {
  /** Search attributes to register, by name. @defaultValue none */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeType>>
  /** `memory` is about twice as fast with many tasks at a time, and forgets everything at a restart. @defaultValue file */
  readonly store?: 'file' | 'memory'
  readonly onProgress?: OnProgress
}

export type SearchAttributeType = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList'

/**
 * Starts a Temporal development server of its own on the loopback address, in a fresh folder, without its web page; or answers the one that
 * TEMPORAL_ADDRESS names. Its `url` is an address without a scheme, `127.0.0.1:7233`, as Temporal's clients take it; the namespace is `default`.
 * Fails with `server-missing` where no program can be had, and with `server-failed` and the end of its log where it does not start.
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<TestServer> {
  const { searchAttributes = {}, store = 'file', onProgress } = options
  const given = process.env['TEMPORAL_ADDRESS']
  if (given) return await externalServer('TEMPORAL_ADDRESS', given, temporalVersion)
  const program = await obtainProgram(temporalProgram, obtaining(onProgress))
  const folder = await createServerFolder('temporal', undefined)
  const held = new SupervisedProcess(folder)
  try {
    const port = await freePort()
    const file = store === 'file' ? join(folder, 'temporal.db') : undefined
    const url = `127.0.0.1:${port}`
    return await ownServer({
      held,
      command: temporalCommand({ program: program.path, folder, port, uiPort: undefined, file, searchAttributes }),
      url,
      origin: program.origin,
      version: async () => await temporalVersion(url),
      stopSignal: 'SIGTERM',
    })
  } catch (error) {
    await held[Symbol.asyncDispose]()
    throw error
  }
}
