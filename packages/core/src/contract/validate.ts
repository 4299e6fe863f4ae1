import type { ErrorCode } from '../error/error-code.ts'
import type { Failure } from '../error/failure.ts'
import { RosterError } from '../error/roster-error.ts'
import type { Json } from '../json/json.ts'
import type { Schema } from './schema.ts'

/** A value that fits, or why it does not: all issues in the message, the path of the first. */
export type Validated = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }

/**
 * Checks a value against a contract's schema. Pure as far as the schema is.
 *
 * @throws RosterError `definition-invalid` when the schema validates asynchronously: a step cannot wait.
 */
export function validate(schema: Schema, value: unknown, code: ErrorCode, what: string): Validated {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise) {
    throw new RosterError('definition-invalid', `the schema of ${what} validates asynchronously`, {
      hint: 'Use a synchronous schema; look things up in a tool.',
    })
  }
  if (result.issues === undefined) return { ok: true, value: result.value as Json }
  const issues = result.issues.map(({ message, path }) => ({ message, path: pointer(path) }))
  return {
    ok: false,
    failure: {
      code,
      message: `${what} does not fit its contract: ${issues.map(({ path, message }) => `${path === '' ? 'value' : path}: ${message}`).join('; ')}`,
      path: issues[0]?.path ?? '',
      hint: 'Send what the contract asks for; `roster check` prints it.',
    },
  }
}

function pointer(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  return (path ?? []).map((part) => `/${String(typeof part === 'object' ? part.key : part)}`).join('')
}
