import type { ToolSet } from 'ai'

import type { ToolDescription } from '../model/model-step.ts'
import type { ToolAliases } from '../prompt/tool-alias.ts'

/** Tools as the SDK offers them to a model. They have no code, so the SDK cannot run them. */
export async function offeredTools(
  tools: readonly ToolDescription[],
  aliases: ToolAliases,
): Promise<{ tools?: ToolSet }> {
  if (tools.length === 0) return {}
  const { jsonSchema } = await import('ai')
  const set: ToolSet = {}
  for (const { name, description, inputSchema } of tools)
    set[aliases.aliasOf(name)] = { description, inputSchema: jsonSchema<never>(inputSchema) }
  return { tools: set }
}
