import { isLocal, type LocalMcpServer, type McpServer, type RemoteMcpServer } from './mcp-server.ts'

/** What a person is shown before a server is run or called for the first time: the exact command, uncut, and what it is given. */
export function spoken(server: McpServer): string {
  return (isLocal(server) ? ofLocal(server) : ofRemote(server)).join('\n')
}

function ofLocal({
  name,
  command,
  args = [],
  files = [],
  env = {},
  network = false,
  confinement,
}: LocalMcpServer): string[] {
  return [
    `The MCP server ${shown(name)} runs this command on this machine:`,
    `  ${[command, ...args].map(quoted).join(' ')}`,
    `It may read: ${files.length === 0 ? 'nothing of its own' : files.map(quoted).join(' ')}`,
    `Its environment: ${
      Object.entries(env)
        .map(([key, value]) => quoted(`${key}=${value}`))
        .join(' ') || 'empty'
    }`,
    network ? 'It may reach the network.' : 'It may not reach the network, where bubblewrap is found to prevent it.',
    ...(confinement === undefined ? [] : ['It does not run without bubblewrap.']),
    'A program that you do not know may do harm within these bounds.',
  ]
}

function ofRemote({ name, url, audience, client, internal = false }: RemoteMcpServer): string[] {
  return [
    `The MCP server ${shown(name)} is called at:`,
    `  ${quoted(url)}`,
    audience === undefined
      ? 'It is sent no token of ours.'
      : `It is sent a token that was issued for ${quoted(audience)}.`,
    ...(client === undefined
      ? []
      : [`It is sent a token that ${quoted(client.issuer)} issues to the client ${quoted(client.id)}.`]),
    internal ? 'It may be at a private address.' : 'It may not be at a private address.',
  ]
}

/** As a shell would take it, with everything visible: what cannot be seen is written as its code. */
function quoted(text: string): string {
  const visible = shown(text)
  return /^[\w@%+=:,./-]+$/.test(visible) ? visible : `'${visible.replaceAll("'", String.raw`'\''`)}'`
}

/** Control characters, and those that change the direction or are not there to be seen, as their codes. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
}
