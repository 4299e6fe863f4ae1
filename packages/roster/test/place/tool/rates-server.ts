import { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'

/** A small MCP server. It says back what it is told, so that it can be seen whether it may. */
export function ratesServer(): McpServer {
  const server = new McpServer({ name: 'rates', version: '1.0.0' })
  server.registerTool(
    'get_rate',
    {
      description: 'The rate of the euro.',
      inputSchema: z.object({ to: z.string() }),
      outputSchema: z.object({ to: z.string(), rate: z.string() }),
    },
    ({ to }, { http }) => {
      const told = http?.req?.headers.get('authorization') ?? ''
      return { content: [], structuredContent: { to, rate: `1.08${told === '' ? '' : ` for ${told}`}` } }
    },
  )
  return server
}
