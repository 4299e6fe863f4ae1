import { fileURLToPath } from 'node:url'

import { RosterError, type Json } from '@roster/core'

import { sha256 } from '../sha256.ts'
import { fileText } from './file-text.ts'
import { placed, type Placed } from './placed.ts'

/** Code that runs beside the host, and what it is given. */
export interface ProcessCode {
  /** A module whose default export is the tool: `(input, context) => output`. */
  readonly module: URL
  /** Files and folders that it may read: what it imports, and what it works on. @defaultValue none but the module */
  readonly files?: readonly URL[]
  /** Memory of its JavaScript, in bytes. @defaultValue 256 MiB */
  readonly memoryBytes?: number
  /** Refuses to run it where bubblewrap is not found. @defaultValue the best that there is: see *Run untrusted code* */
  readonly confinement?: 'bubblewrap'
}

/**
 * Runs a tool's code in a process of its own, for each call a new one: no keys, an empty environment, only the files granted, nothing written
 * or started; under bubblewrap, where that is found, no network either. The tool's place is then `process`. It is for parsers of foreign
 * documents, and for code that is reviewed and still better kept apart.
 *
 * The module's digest belongs to the tool's: a module that is changed after the team was loaded is refused as `definition-changed`.
 *
 * @throws RosterError `definition-invalid` when the module cannot be read
 * @example tool('parse@1.0.0', { …, run: inProcess({ module: new URL('./parse.ts', import.meta.url) }) })
 */
export function inProcess(options: ProcessCode): Placed<unknown> {
  const { module, files = [], memoryBytes, confinement } = options
  const moduleDigest = sha256(fileText(module))
  const granted = files.map((file) => fileURLToPath(file))
  // Where the team lies on this machine is not part of what it is.
  const facts = [moduleDigest, files.length, memoryBytes ?? null, confinement ?? null]
  return placed<unknown>({ place: 'process', digest: sha256(JSON.stringify(facts)) }, async (input, context) => {
    if (sha256(fileText(module)) !== moduleDigest)
      throw new RosterError('definition-changed', `${module.href} was changed after the team was loaded`, {
        path: module.href,
        hint: 'Load the team again, with a new version of the tool.',
      })
    const program = {
      module: fileURLToPath(module),
      files: granted,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(confinement === undefined ? {} : { demand: confinement }),
    }
    const outcome = await context.places.process(program, input as Json, context)
    context.note({ confinement: outcome.confinement, program: moduleDigest })
    if (outcome.result.ok) return outcome.result.value
    throw outcome.result.failure
  })
}
