import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { RosterError } from '@roster/core'

import { newNkey, nkeyOf, type Nkey, type NkeyKind } from './nkey.ts'

/** Keeps secrets: those of the folder itself, and those that a secret store puts elsewhere. */
export interface SeedStore {
  /** Makes a key and keeps its seed, under a name and some of its public key; answers the key and the reference to its seed. */
  make(kind: NkeyKind, name: string): Promise<{ readonly nkey: Nkey; readonly seed: string }>
  /**
   * The key that a reference leads to.
   *
   * @throws RosterError `identity-missing` when there is no secret, `identity-invalid` when it is no seed of this kind.
   */
  open(kind: NkeyKind, reference: string): Promise<Nkey>
}

/**
 * Seeds in files that only their owner can read (mode 600), and by reference: `file:<path>` (in the folder, or absolute: a secret that an
 * orchestrator mounts) or `env:<NAME>` (one that a secret store puts into the environment).
 */
export function folderSeeds(folder: string, env: Readonly<Record<string, string | undefined>>): SeedStore {
  const read = async (reference: string): Promise<string | undefined> => {
    const [, scheme = '', place = ''] = /^(\w+):(.+)$/.exec(reference) ?? []
    if (scheme === 'env') return env[place]
    if (scheme === 'file') return await readFile(pathOf(folder, place), 'utf8').catch(() => undefined)
    throw new RosterError('identity-invalid', `"${reference}" says not where a seed is`, {
      path: reference,
      hint: 'Write file:<path> or env:<NAME>.',
    })
  }
  return {
    async make(kind, name) {
      const nkey = newNkey(kind)
      const place = `keys/${name}-${nkey.publicKey.slice(1, 9).toLowerCase()}.nk`
      const path = pathOf(folder, place)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(path, `${nkey.seed}\n`, { mode: 0o600, flag: 'wx' })
      return { nkey, seed: `file:${place}` }
    },
    async open(kind, reference) {
      const seed = await read(reference)
      if (seed === undefined || seed.trim() === '') throw missing(kind, reference)
      return nkeyOf(seed, kind)
    },
  }
}

function pathOf(folder: string, place: string): string {
  return place.startsWith('/') ? place : join(folder, place)
}

function missing(kind: NkeyKind, reference: string): RosterError {
  return new RosterError('identity-missing', `the seed of the ${kind} key is not at ${reference}`, {
    path: reference,
    hint: reference.startsWith('env:')
      ? `Set ${reference.slice(4)} from your secret store, or run this where it is set.`
      : 'Restore it from your backup, or make new keys with `roster keys init --force`.',
  })
}
