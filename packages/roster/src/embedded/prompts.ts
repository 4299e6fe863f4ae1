import { canonical, type BlobStore } from '@roster/core'
import type { ThinkRequest } from '@roster/skills'

/** The text of a prompt, what a model is told beside its input; its digest is the prompt's version. The same prompt is the same text, and so the same digest. */
export function promptText({
  instructions,
  tools,
  output,
}: Pick<ThinkRequest, 'instructions' | 'tools' | 'output'>): string {
  const offered = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))
  return canonical({ instructions, tools: offered, output: output.schema })
}

/** Digests of what this process has stored already, by store: a prompt is the same for each call. */
const known = new WeakMap<BlobStore, Map<string, string>>()

/** Keeps a prompt by the digest of its text, once, and answers that. */
export async function kept(blobs: BlobStore, text: string): Promise<string> {
  const digests = known.get(blobs) ?? new Map<string, string>()
  known.set(blobs, digests)
  const digest = digests.get(text) ?? (await blobs.putBlob(text))
  digests.set(text, digest)
  return digest
}
