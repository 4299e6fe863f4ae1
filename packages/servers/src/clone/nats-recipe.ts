import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { natsCommand } from '../nats/nats-server.ts'
import { natsConfig, natsUrl, saysWhoMayConnect } from '../nats/nats-config.ts'
import { natsVersion } from '../nats/nats-version.ts'
import { natsProgram } from '../program/nats-program.ts'
import { obtainProgram } from '../program/obtain-program.ts'
import { obtaining } from '../program/obtaining.ts'
import type { Recipe } from './clone-server.ts'

/** NATS with JetStream. */
export const natsRecipe: Recipe = {
  title: 'NATS',
  variable: 'NATS_URL',
  stopSignal: 'SIGTERM',
  hasWebPage: false,
  needsOtherUser: false,
  url: (port, password) => natsUrl({ port, password }),
  version: natsVersion,
  async prepare({ kept, settings, onProgress }) {
    const program = await obtainProgram(natsProgram, obtaining(onProgress))
    const more = settings.natsConfig === null ? undefined : await readFile(settings.natsConfig, 'utf8')
    const file = join(kept.folder, 'nats.conf')
    const password = saysWhoMayConnect(more) ? undefined : kept.password
    const text = natsConfig({
      port: kept.port,
      storeFolder: join(kept.folder, 'data'),
      password,
      sync: settings.natsSync,
      more,
    })
    await writeFile(file, text, { mode: 0o600 })
    return {
      command: natsCommand(program.path, file, kept.folder),
      origin: program.origin,
      bin: dirname(program.path),
      anonymous: password === undefined,
    }
  },
}
