import type { ErrorCode } from '../error/error-code.ts'
import { failureOf, type Failure } from '../error/failure.ts'
import { isRosterError, RosterError } from '../error/roster-error.ts'
import { pointerWith } from '../json/pointer.ts'
import { asJson } from '../json/assert-json.ts'
import type { Json } from '../json/json.ts'
import type { Schema } from './schema.ts'

/** A value that fits, or why it does not: all issues in the message, the path of the first. */
export type Validated = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }

/**
 * Checks a value against a contract's schema. Pure as far as the schema is.
 *
 * A value of which the schema makes something that JSON cannot carry does not fit either.
 *
 * @throws RosterError `definition-invalid` when the schema validates asynchronously: a step cannot wait.
 */
export function validate(schema: Schema, value: unknown, code: ErrorCode, what: string): Validated {
  const result = schema['~standard'].validate(value)
  if ('then' in result) {
    throw new RosterError('definition-invalid', `the schema of ${what} validates asynchronously`, {
      hint: 'Use a synchronous schema; look things up in a tool.',
    })
  }
  if (result.issues === undefined) return carried(result.value ?? null, code, what)
  const issues = result.issues.map(({ message, path }) => ({ message, path: pointer(path) }))
  return {
    ok: false,
    failure: failureOf({
      code,
      message: `${what} does not fit its contract: ${said(issues)}`,
      path: issues[0]?.path ?? '',
      hint,
    }),
  }
}

function carried(value: unknown, code: ErrorCode, what: string): Validated {
  try {
    return { ok: true, value: asJson(value) }
  } catch (error) {
    if (!isRosterError(error, 'not-json')) throw error
    const { message, path = '', hint: advice = hint } = error
    return {
      ok: false,
      failure: failureOf({ code, message: `${what} does not fit its contract: ${message}`, path, hint: advice }),
    }
  }
}

const hint = 'Send what the contract asks for; `roster check` prints it.'

function said(issues: readonly { readonly message: string; readonly path: string }[]): string {
  return issues.map(({ path, message }) => `${path === '' ? 'value' : path}: ${message}`).join('; ')
}

function pointer(path: readonly (PropertyKey | { readonly key: PropertyKey })[] = []): string {
  return path.reduce<string>(
    (whole, part) => pointerWith(whole, String(typeof part === 'object' ? part.key : part)),
    '',
  )
}
