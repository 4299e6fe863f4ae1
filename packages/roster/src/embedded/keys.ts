import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Signs for people and colleagues, and knows whose public keys are whose. */
export interface Keys {
  /** A public key, base64 of its SPKI bytes. */
  publicKey(name: string): string
  sign(name: string, text: string): string
  readonly verify: (key: string, text: string, signature: string) => boolean
  readonly keysOf: (name: string) => readonly string[]
}

/** The public keys of those of these names who have one. */
export function publicKeysOf(keys: Keys, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, keys.publicKey(name)]).filter(([, key]) => key !== ''))
}

/** Ed25519 keys in a folder, one file for each name, readable by its owner only; made at first use. */
export async function folderKeys(folder: string, names: readonly string[]): Promise<Keys> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keys = new Map<string, KeyObject>()
  for (const name of names) {
    const file = join(folder, `${name}.pem`)
    if (!existsSync(file)) await makeKey(file)
    keys.set(name, createPrivateKey(await readFile(file, 'utf8')))
  }
  return keysFrom(keys)
}

/** Whole or not at all, and never over another: of two processes that begin in one folder at once, one makes the key of both. */
async function makeKey(file: string): Promise<void> {
  const made = `${file}.${process.pid}`
  await writeFile(made, newKey(), { mode: 0o600 })
  await link(made, file).catch((error: unknown) => {
    if (!existsSync(file)) throw error
  })
  await unlink(made)
}

/** Keys that live as long as the process, for rehearsals. */
export function memoryKeys(names: readonly string[]): Keys {
  return keysFrom(new Map(names.map((name) => [name, createPrivateKey(newKey())])))
}

function keysFrom(keys: ReadonlyMap<string, KeyObject>): Keys {
  const publicKeys = new Map(
    [...keys].map(([name, key]) => [
      name,
      createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    ]),
  )
  const keyOf = (name: string): KeyObject => {
    const key = keys.get(name)
    if (key === undefined) throw new TypeError(`there is no key of ${name}`)
    return key
  }
  return {
    publicKey: (name) => publicKeys.get(name) ?? '',
    sign: (name, text) => sign(null, Buffer.from(text), keyOf(name)).toString('base64'),
    verify: (key, text, signature) => {
      const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), type: 'spki', format: 'der' })
      return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
    },
    keysOf: (name) => [publicKeys.get(name)].filter((key) => key !== undefined),
  }
}

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}
