export { mcpTools, type McpToolOptions, type McpTools } from './place/mcp-tools.ts'
export {
  pinMcpServer,
  spoken,
  type LocalMcpServer,
  type McpPins,
  type McpServer,
  type PinnedTool,
  type PinOptions,
  type RemoteMcpServer,
} from '@roster/skills/mcp'
