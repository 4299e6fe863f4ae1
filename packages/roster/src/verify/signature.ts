import { createPublicKey, verify, type KeyObject } from 'node:crypto'

const opened = new Map<string, KeyObject>()

/** Whether an Ed25519 signature (base64) over a text is by a public key (base64 of its SPKI bytes). What cannot be read is not. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), keyOf(key), Buffer.from(signature, 'base64'))
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
