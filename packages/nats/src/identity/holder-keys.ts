import { readFile, mkdir, writeFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

import { newNkey, nkeyOf, type Nkey } from './nkey.ts'

/** The keys of those who connect: made at their first start, kept from then on. */
export interface HolderKeys {
  /** The key of a holder, by its reply prefix's name; made at first use. */
  of(name: string): Promise<Nkey>
  /** Its public key, if it has one already. */
  publicKey(name: string): Promise<string | undefined>
  /** Sets a key aside, so that the next use makes a new one. */
  setAside(name: string): Promise<void>
}

/** Holders' keys as files that only their owner can read (mode 600), one for each name. */
export function folderHolderKeys(folder: string): HolderKeys {
  const path = (name: string): string => join(folder, `${encodeURIComponent(name)}.nk`)
  const read = (name: string): Promise<string | undefined> => readFile(path(name), 'utf8').catch(() => undefined)
  return {
    async of(name) {
      const seed = await read(name)
      if (seed !== undefined) return nkeyOf(seed, 'user')
      const made = newNkey('user')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      try {
        await writeFile(path(name), `${made.seed}\n`, { mode: 0o600, flag: 'wx' })
        return made
      } catch (error) {
        // Another process of this folder was first: its key counts.
        const theirs = await read(name)
        if (theirs === undefined) throw error
        return nkeyOf(theirs, 'user')
      }
    },
    async publicKey(name) {
      const seed = await read(name)
      return seed === undefined ? undefined : nkeyOf(seed, 'user').publicKey
    },
    async setAside(name) {
      const key = await this.publicKey(name)
      if (key !== undefined) await rename(path(name), `${path(name)}.${key.slice(1, 9).toLowerCase()}.old`)
    },
  }
}

/** Holders' keys that live as long as the process. */
export function memoryHolderKeys(): HolderKeys {
  const keys = new Map<string, Nkey>()
  return {
    of(name) {
      const key = keys.get(name) ?? newNkey('user')
      keys.set(name, key)
      return Promise.resolve(key)
    },
    publicKey: (name) => Promise.resolve(keys.get(name)?.publicKey),
    setAside(name) {
      keys.delete(name)
      return Promise.resolve()
    },
  }
}
