import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { colleague, playbook, team } from '../../src/index.ts'
import { mcpTools, pinMcpServer, type McpPins, type RemoteMcpServer } from '../../src/mcp.ts'
import { rehearse } from '../../src/testing.ts'
import { allowAll, boss, calling, Word } from '../stage.ts'
import { ratesServer } from './tool/rates-server.ts'

const token = 'canary-token-4b1d90'

describe('the token of an MCP server', () => {
  let http: Server
  let server: RemoteMcpServer
  let pins: McpPins
  const told: (string | undefined)[] = []
  beforeAll(async () => {
    const handle = toNodeHandler(createMcpHandler(ratesServer))
    http = createServer((request, response) => {
      told.push(request.headers.authorization)
      void handle(request as Parameters<typeof handle>[0], response)
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`
    server = { name: 'rates', url, audience: url, internal: true }
    const confirm = async () => await Promise.resolve(true)
    pins = await pinMcpServer(server, { by: 'boss', clock: { now: () => 0 }, confirm })
  })
  afterAll(async () => {
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  })
  afterEach(() => void vi.unstubAllEnvs())

  const bureau = (secrets: NonNullable<Parameters<typeof colleague>[1]['secrets']>) => {
    const tools = { get_rate: { consequential: false, idempotent: true } }
    const { get_rate: rate } = mcpTools(server, pins, { owner: boss, version: '1.0.0', tools })
    const clerk = colleague('clerk@1.0.0', {
      owner: boss,
      role: 'clerk',
      model: calling('rates-get-rate', () => ({ to: 'USD' })),
      tools: [rate],
      secrets,
      accepts: { say: { input: Word, output: Word } },
    })
    const talk = playbook('talk@1.0.0', { owner: boss, input: Word, output: Word }, (steps) => steps.ask(clerk, 'say'))
    return team('bureau', { colleagues: [clerk, boss], playbooks: [talk], policies: allowAll })
  }

  it('is the secret of the colleague who calls: the server is told it, and no record', async () => {
    vi.stubEnv('ROSTER_TEST_RATES_TOKEN', token)
    told.length = 0
    await using run = await rehearse(bureau({ 'rates-get-rate': { token: { env: 'ROSTER_TEST_RATES_TOKEN' } } }))
    const outcome = await (await run.publish('talk', { word: 'hello' })).outcome()
    expect(told).toContain(`Bearer ${token}`)
    expect(outcome).toEqual({
      status: 'done',
      output: { word: '{"rate":"1.08 for Bearer [redacted]","to":"USD"}' },
    })
    expect(JSON.stringify(await run.operations.export({}))).not.toContain(token)
  })

  it('is needed by each tool of a server that has an audience', () => {
    expect(() => bureau({})).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'clerk.secrets.rates-get-rate' }) as Error,
    )
  })
})
