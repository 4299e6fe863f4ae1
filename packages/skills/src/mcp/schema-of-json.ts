import { fromJsonSchema } from '@modelcontextprotocol/client'
import type { JsonObject, Schema } from '@roster/core'

/** A contract that a server gives as JSON Schema. */
export function schemaOfJson(schema: JsonObject): Schema {
  return fromJsonSchema(schema)
}
