// Also used inside of confined processes: it imports nothing of Roster.

/** What a tool's code is called with. */
export interface ToolRequest {
  readonly input: unknown
  readonly secrets: Readonly<Record<string, string>>
  readonly idempotencyKey: string
  readonly task: string
}

/** What the host tells the process of a tool. A document is Base64, or `null` where there is none. */
export type ToChild = readonly ['run', ToolRequest] | readonly ['document', id: number, base64: string | null]

/** What the process of a tool tells the host, which believes none of it unchecked. `text` is JSON. */
export type FromChild =
  | readonly ['document', id: number, hash: string]
  | readonly ['done', text: string]
  | readonly ['failed', code: string, message: string]

/** What a process said, if it is something that it can say. */
export function fromChild(said: unknown): FromChild | undefined {
  if (!Array.isArray(said)) return undefined
  const [kind, one, other] = said as unknown[]
  const isText = typeof one === 'string'
  if (kind === 'done') return isText ? ['done', one] : undefined
  if (kind === 'failed') return isText && typeof other === 'string' ? ['failed', one, other] : undefined
  const isDocument = kind === 'document' && typeof one === 'number' && typeof other === 'string'
  return isDocument ? ['document', one, other] : undefined
}
