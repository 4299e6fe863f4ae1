import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { RosterError } from '@roster/core'

import type { Identity } from './identity.ts'

/** The description of the keys in a folder: read by whoever signs, changed by one at a time. */
export interface IdentityFolder {
  readonly folder: string
  /** @throws RosterError `identity-missing`, `identity-invalid` */
  read(): Promise<Identity>
  /** Whether there is one. */
  exists(): Promise<boolean>
  /**
   * Writes the next revision, whole or not at all.
   *
   * @throws RosterError `identity-invalid` when somebody else wrote it meanwhile, or is about to.
   */
  write(identity: Identity): Promise<void>
}

/** The identity in a folder of its own: `identity.json` beside `keys/`. */
export function identityFolder(folder: string): IdentityFolder {
  const file = join(folder, 'identity.json')
  const text = (): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined)
  const read = async (): Promise<Identity> => {
    const found = await text()
    if (found === undefined) {
      throw new RosterError('identity-missing', `no keys are in ${folder}`, {
        path: folder,
        hint: 'Make them with `roster keys init`, or name the folder that has them with --folder.',
      })
    }
    return parsed(found, file)
  }
  return {
    folder,
    read,
    exists: async () => (await text()) !== undefined,
    async write(identity) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await locked(`${file}.lock`, async () => {
        const before = await text()
        const revision = before === undefined ? 0 : parsed(before, file).revision
        if (identity.revision !== revision + 1) throw contended(file)
        await writeFile(`${file}.next`, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 })
        await rename(`${file}.next`, file)
      })
    },
  }
}

function parsed(text: string, file: string): Identity {
  try {
    const identity = JSON.parse(text) as Identity
    if (identity.format === 'roster.identity.1' && Number.isSafeInteger(identity.revision)) return identity
  } catch {
    // Said below.
  }
  throw new RosterError('identity-invalid', `${file} describes no keys`, {
    path: file,
    hint: 'Restore it from your backup; the seeds beside it are of no use without it.',
  })
}

async function locked(lock: string, work: () => Promise<void>): Promise<void> {
  const handle = await open(lock, 'wx').catch(() => {
    throw contended(lock)
  })
  try {
    await work()
  } finally {
    await handle.close()
    await rm(lock)
  }
}

function contended(path: string): RosterError {
  return new RosterError('identity-invalid', 'the keys are being changed by another command', {
    path,
    hint: `Run the command again. If no other is running, remove ${path.endsWith('.lock') ? path : `${path}.lock`}.`,
    retryable: true,
  })
}
