import type { JsonObject, Schema } from '@roster/core'
import { z } from 'zod'

/**
 * The JSON schema of a contract: what a model is shown and what goes into digests. A schema that transforms is shown as what it takes.
 *
 * What JSON Schema cannot express is shown as anything, because the contract's own validation decides. A library other than zod is
 * asked by Standard JSON Schema (https://standardschema.dev/json-schema); one that does not follow it is shown as its name only.
 */
export function jsonSchemaOf(schema: Schema): JsonObject {
  if (isZod(schema)) return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as unknown as JsonObject
  const standard: Describing & Schema['~standard'] = schema['~standard']
  return standard.jsonSchema === undefined
    ? { vendor: standard.vendor }
    : standard.jsonSchema.input({ target: 'draft-2020-12' })
}

/** The part of Standard JSON Schema that is used. */
interface Describing {
  readonly jsonSchema?: { readonly input: (options: { readonly target: 'draft-2020-12' }) => JsonObject }
}

function isZod(schema: Schema): schema is Schema & z.ZodType {
  return schema['~standard'].vendor === 'zod'
}
