import { createPublicKey, verify, type KeyObject } from 'node:crypto'

const opened = new Map<string, KeyObject>()

/**
 * Whether an Ed25519 signature (base64) over a text is by a public key (base64 of its SPKI bytes). What cannot be read is not; nor is what
 * could be spelled in another way (unused bits of base64): a text that was changed is not the one that was signed.
 */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    const bytes = Buffer.from(signature, 'base64')
    return bytes.toString('base64') === signature && verify(null, Buffer.from(text), keyOf(key), bytes)
  } catch {
    return false
  }
}

function keyOf(key: string): KeyObject {
  const known = opened.get(key)
  if (known !== undefined) return known
  const made = createPublicKey({ key: Buffer.from(key, 'base64'), type: 'spki', format: 'der' })
  if (opened.size < 1000) opened.set(key, made)
  return made
}
