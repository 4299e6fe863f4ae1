import type { Failure, Json } from '@roster/core'

/** Version of what is said on the socket; a client that knows another one does not speak. */
export const protocol = 1

const mebibyte = 1024 * 1024

/** The longest request: a document of 64 MiB in base64, and some room. */
export const maxRequestBytes = Math.ceil((64 * mebibyte) / 3) * 4 + 64 * 1024

/** The longest answer; a larger export is asked for task by task. */
export const maxAnswerBytes = 256 * mebibyte

/** One line to the process that holds the folder. */
export interface Request {
  readonly id: number
  readonly token: string
  readonly method: string
  readonly args: readonly Json[]
}

/** One line back. `id` is null where the request could not be read. */
export type Answer =
  | { readonly id: number; readonly result: Json }
  | { readonly id: number | null; readonly error: Failure & { readonly retryable?: boolean } }

/** Reads a request; undefined where the line is none. */
export function parseRequest(line: string): Request | undefined {
  const value = parsed(line)
  if (value === undefined) return undefined
  const { id, token, method, args } = value
  if (typeof id !== 'number' || typeof token !== 'string' || typeof method !== 'string' || !Array.isArray(args))
    return undefined
  return { id, token, method, args: args as readonly Json[] }
}

/** Reads an answer; undefined where the line is none. */
export function parseAnswer(line: string): Answer | undefined {
  const value = parsed(line)
  if (value === undefined || !('id' in value)) return undefined
  return 'result' in value || 'error' in value ? (value as unknown as Answer) : undefined
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
