import { validate, type Schema } from '@roster/core'
import { z } from 'zod'

import { jsonSchemaOf, type ThinkRequest } from '../src/index.ts'

const Account = z.object({ account: z.string().regex(/^\d{4}$/), reason: z.string().optional() })

/** A request for the account of an invoice, as a host would make it. */
export function request(part: Partial<ThinkRequest> & { readonly contract?: Schema } = {}): ThinkRequest {
  const { contract = Account, ...rest } = part
  return {
    kind: 'read-invoice',
    instructions: 'Choose the cost account.',
    input: { supplier: 'Tide & Co', note: 'rope' },
    conversation: [],
    tools: [],
    output: outputOf(contract),
    maxOutputTokens: 500,
    ...rest,
  }
}

function outputOf(contract: Schema): ThinkRequest['output'] {
  return {
    schema: jsonSchemaOf(contract),
    validate: (value) => validate(contract, value, 'output-invalid', 'the answer'),
  }
}

/** The tool that an accountant would look at. */
export const ledger = {
  name: 'ledger@1.0',
  description: 'Finds past bookings of a supplier',
  inputSchema: jsonSchemaOf(z.object({ supplier: z.string() })),
}

/** A step that nobody stops. */
export const calmly = { signal: new AbortController().signal, key: 'k1' }
