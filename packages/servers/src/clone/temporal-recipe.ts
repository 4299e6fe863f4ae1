import { dirname, join } from 'node:path'

import { obtainProgram } from '../program/obtain-program.ts'
import { obtaining } from '../program/obtaining.ts'
import { temporalProgram } from '../program/temporal-program.ts'
import { temporalCommand } from '../temporal/temporal-command.ts'
import { temporalVersion } from '../temporal/temporal-version.ts'
import type { Recipe } from './clone-server.ts'

/** Temporal's development server with its web page. It has no passwords: whoever is on this machine can use it. */
export const temporalRecipe: Recipe = {
  title: 'Temporal',
  variable: 'TEMPORAL_ADDRESS',
  stopSignal: 'SIGTERM',
  hasWebPage: true,
  needsOtherUser: false,
  url: (port) => `127.0.0.1:${port}`,
  version: temporalVersion,
  async prepare({ kept, settings, onProgress }) {
    const program = await obtainProgram(temporalProgram, obtaining(onProgress))
    const { folder, port, webPort } = kept
    const command = temporalCommand({
      program: program.path,
      folder,
      port,
      uiPort: webPort ?? undefined,
      file: join(folder, 'temporal.db'),
      searchAttributes: Object.fromEntries(
        settings.searchAttributes.map((given) => given.split('=') as [string, string]),
      ),
    })
    return { command, origin: program.origin, bin: dirname(program.path) }
  },
}
