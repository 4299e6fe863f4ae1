import { readFileSync } from 'node:fs'

import { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'

/** A small MCP server of exchange rates; what it says of its tool may be changed from outside while it runs. */
export function ratesServer(described: () => string): () => McpServer {
  return () => {
    const server = new McpServer({ name: 'rates', version: '1.0.0' })
    server.registerTool(
      'get_rate',
      {
        description: described(),
        inputSchema: z.object({ to: z.string() }),
        outputSchema: z.object({ to: z.string(), rate: z.string() }),
      },
      ({ to }) => {
        if (to === 'XAU') return { isError: true, content: [{ type: 'text', text: 'no rate for XAU' }] }
        const rate = { to, rate: '1.08' }
        return { content: [{ type: 'text', text: JSON.stringify(rate) }], structuredContent: rate }
      },
    )
    server.registerTool(
      'look',
      { description: 'What this server sees.', inputSchema: z.object({ file: z.string() }) },
      ({ file }) => ({ content: [{ type: 'text', text: JSON.stringify(looked(file)) }] }),
    )
    return server
  }
}

function looked(file: string): { readonly environment: readonly string[]; readonly file: string } {
  const environment = Object.keys(process.env).filter((name) => name !== 'PWD')
  try {
    return { environment, file: readFileSync(file, 'utf8') }
  } catch (error) {
    return { environment, file: String((error as NodeJS.ErrnoException).code) }
  }
}
