import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { z } from 'zod'

serveStdio(() => {
  const server = new McpServer({ name: 'rates', version: '1.0.0' })
  server.registerTool(
    'get_rate',
    {
      description: 'The rate of the euro.',
      inputSchema: z.object({ to: z.string() }),
      outputSchema: z.object({ to: z.string(), rate: z.string() }),
    },
    ({ to }) => ({ content: [], structuredContent: { to, rate: '1.08' } }),
  )
  return server
})
