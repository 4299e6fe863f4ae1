import { createPrivateKey, sign as signBytes, type KeyObject } from 'node:crypto'

import { RosterError } from '@roster/core'
import { createAccount, createOperator, createUser, fromPublic, fromSeed, type KeyPair } from '@nats-io/nkeys'

/** What a key stands for: its public text begins with O, A or U. */
export type NkeyKind = 'operator' | 'account' | 'user'

const makers = { operator: createOperator, account: createAccount, user: createUser } as const
const initials = { operator: 'O', account: 'A', user: 'U' } as const

/** The bytes before a raw Ed25519 seed in PKCS #8 (RFC 8410, 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Makes a key that nobody has seen. */
export function newNkey(kind: NkeyKind): Nkey {
  return new Nkey(makers[kind]())
}

/**
 * The key of a seed (`SO…`, `SA…`, `SU…`).
 *
 * @throws RosterError `identity-invalid` when it is none, or one of another kind. The message does not repeat it.
 */
export function nkeyOf(seed: string, kind: NkeyKind): Nkey {
  try {
    const key = new Nkey(fromSeed(Buffer.from(seed.trim())))
    if (key.publicKey.startsWith(initials[kind])) return key
  } catch {
    // Said below, without the seed.
  }
  throw new RosterError('identity-invalid', `the seed of the ${kind} key is no seed of a key of that kind`, {
    hint: `Put the seed that belongs there back (it begins with S${initials[kind]}), or make new keys with \`roster keys init --force\`.`,
  })
}

/** Whether a text is a public key of a kind, its checksum included. */
export function isPublicKey(text: string, kind: NkeyKind): boolean {
  try {
    return text.startsWith(initials[kind]) && fromPublic(text).getPublicKey() === text
  } catch {
    return false
  }
}

/**
 * An Ed25519 key in the spelling of NATS. It signs by `node:crypto`: the same bytes as the library's own JavaScript, some hundred times
 * faster, which counts where one host signs for all its colleagues.
 */
export class Nkey implements KeyPair {
  readonly publicKey: string
  /** The secret. Private to the class, so that an inspected key does not show it. */
  readonly #seed: string
  readonly #pair: KeyPair
  readonly #private: KeyObject

  constructor(pair: KeyPair) {
    this.#pair = pair
    // Asked once: the library derives the key from the seed each time.
    this.publicKey = pair.getPublicKey()
    this.#seed = Buffer.from(pair.getSeed()).toString()
    this.#private = createPrivateKey({
      key: Buffer.concat([pkcs8, rawSeed(this.#seed)]),
      format: 'der',
      type: 'pkcs8',
    })
  }

  get seed(): string {
    return this.#seed
  }

  sign(input: Uint8Array): Uint8Array {
    return signBytes(null, input, this.#private)
  }

  getPublicKey(): string {
    return this.publicKey
  }

  getSeed(): Uint8Array {
    return Buffer.from(this.#seed)
  }

  getPrivateKey(): Uint8Array {
    return this.#pair.getPrivateKey()
  }

  verify(input: Uint8Array, signature: Uint8Array): boolean {
    return this.#pair.verify(input, signature)
  }

  clear(): void {
    this.#pair.clear()
  }

  seal(input: Uint8Array, recipient: string, nonce?: Uint8Array): Uint8Array {
    return this.#pair.seal(input, recipient, nonce)
  }

  open(message: Uint8Array, sender: string): Uint8Array | null {
    return this.#pair.open(message, sender)
  }

  /** Keys are printed by mistake: then only what everybody may know. */
  toJSON(): string {
    return this.publicKey
  }
}

/** The 32 bytes in a seed: base32 (RFC 4648, 6) of two bytes of kind, the bytes, and a checksum that the library has checked. */
function rawSeed(seed: string): Buffer {
  const bytes: number[] = []
  let [bits, held] = [0, 0]
  for (const letter of seed) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return Buffer.from(bytes.slice(2, 34))
}
