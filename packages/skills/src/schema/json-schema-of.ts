import type { JsonObject, Schema } from '@roster/core'
import { z } from 'zod'

/** The JSON schema of a contract: what a model is shown and what goes into digests. A schema of another library than zod is shown as `{}`. */
export function jsonSchemaOf(schema: Schema): JsonObject {
  if (!isZod(schema)) return { vendor: schema['~standard'].vendor }
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as unknown as JsonObject
}

function isZod(schema: Schema): schema is Schema & z.ZodType {
  return schema['~standard'].vendor === 'zod'
}
