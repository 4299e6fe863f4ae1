import { readFileSync } from 'node:fs'

interface Context {
  readonly secrets: Readonly<Record<string, string>>
  readonly task: string
  readonly document: (hash: string) => Promise<Uint8Array | undefined>
}

/** Reads a document, as a parser of foreign files does, and a file that it was granted. */
export default async function parse({ hash, rates }: { hash: string; rates: string }, context: Context) {
  const document = await context.document(hash)
  return {
    text: document === undefined ? null : new TextDecoder().decode(document),
    rates: rates === '' ? null : readFileSync(rates, 'utf8'),
    key: context.secrets['key'] ?? null,
    environment: Object.keys(process.env).filter((name) => name !== 'PWD'),
    task: context.task,
  }
}
