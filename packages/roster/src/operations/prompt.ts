import { RosterError, type BlobStore } from '@roster/core'

import type { PromptText } from '../client/operations.ts'

/** What a model was told, by the digest that the record of its answer names. */
export async function prompt(store: Pick<BlobStore, 'getBlob'>, digest: string): Promise<PromptText> {
  const found = promptIn(await store.getBlob(digest))
  if (found !== undefined) return { digest, ...found }
  throw new RosterError('unknown-record', `no prompt ${digest} is in the store`, {
    path: digest,
    hint: '`roster why` names the prompt of each answer of a model.',
  })
}

/** Documents are kept by their digests too. */
function promptIn(text: string | undefined): Omit<PromptText, 'digest'> | undefined {
  if (text?.startsWith('{') !== true) return undefined
  const read = JSON.parse(text) as Partial<Omit<PromptText, 'digest'>>
  return typeof read.instructions === 'string' ? (read as Omit<PromptText, 'digest'>) : undefined
}
