import { readFile } from 'node:fs/promises'

import { RosterError } from '@roster/core'

/** Where a secret lies: a variable of the host's environment, or a file that only the host can read. Never the secret itself. */
export type SecretSource = { readonly env: string } | { readonly file: string }

/**
 * Reads a secret, at the moment when it is needed. What it reads is not kept.
 *
 * @throws RosterError `secret-missing` when its source is empty
 */
export async function readSecret(source: SecretSource, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const secret = 'env' in source ? env[source.env] : await fileText(source.file)
  if (secret !== undefined && secret !== '') return secret
  const where = secretName(source)
  const hint = 'env' in source ? `Set ${source.env} for the host.` : 'Write it there, readable by the host only.'
  throw new RosterError('secret-missing', `${where} holds no secret`, { path: where, hint })
}

/** What a source is called in messages. */
export function secretName(source: SecretSource): string {
  return 'env' in source ? `the variable ${source.env}` : `the file ${source.file}`
}

async function fileText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trimEnd()
  } catch {
    return undefined
  }
}
