import { fileURLToPath } from 'node:url'

import { beforeAll, describe, expect, it } from 'vitest'

import { mcpTools, pinMcpServer, type LocalMcpServer, type McpPins } from '../../src/mcp.ts'
import { boss, calling, talked, talkers } from '../stage.ts'
import { recordOf } from './record-of.ts'

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const server: LocalMcpServer = {
  name: 'rates',
  command: 'node',
  args: [pathOf('./tool/rates-stdio.ts')],
  files: [pathOf('./tool'), pathOf('../../node_modules'), pathOf('../../../../node_modules')],
}
const given = {
  owner: boss,
  version: '1.0.0',
  tools: { get_rate: { consequential: false, idempotent: true } },
} as const
const dollars = calling('rates-get-rate', () => ({ to: 'USD' }))

describe('a tool of an MCP server', () => {
  let pins: McpPins
  beforeAll(async () => {
    const confirm = async () => await Promise.resolve(true)
    pins = await pinMcpServer(server, { by: 'boss', clock: { now: () => 0 }, confirm })
  })

  it('is a tool of the team: it answers, in its place, by its contract, on record', async () => {
    const { get_rate: rate } = mcpTools(server, pins, given)
    const { run, task, outcome } = await talked(talkers(dollars, [rate]))
    expect(outcome).toEqual({ status: 'done', output: { word: '{"rate":"1.08","to":"USD"}' } })
    const { body } = await recordOf(run, 'process')
    expect(body).toMatchObject({
      evidence: { server: 'rates', tool: 'get_rate', pinned: pins.tools['get_rate']?.digest },
    })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
  })

  it('is not called with an input that does not fit its contract', async () => {
    const { get_rate: rate } = mcpTools(server, pins, given)
    const { outcome } = await talked(
      talkers(
        calling('rates-get-rate', () => ({ to: 7 })),
        [rate],
      ),
    )
    expect(outcome).toEqual({ status: 'done', output: { word: 'input-invalid' } })
  })

  it('is refused, and on record, when the server describes it otherwise than it was pinned', async () => {
    const pin = pins.tools['get_rate'] as McpPins['tools'][string]
    const drifted = { ...pins, tools: { get_rate: { ...pin, digest: 'f'.repeat(64) } } }
    const { get_rate: rate } = mcpTools(server, drifted, given)
    const { run, outcome } = await talked(talkers(dollars, [rate]))
    expect(outcome).toEqual({ status: 'done', output: { word: 'contract-drift' } })
    const { body } = await recordOf(run, 'process')
    expect(body).toMatchObject({ evidence: { pinned: 'f'.repeat(64), found: pin.digest } })
  })

  it('is not loaded when its server is not the one that was consented to', () => {
    expect(() => mcpTools({ ...server, network: true }, pins, given)).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'rates' }) as Error,
    )
  })

  it('is not there unless it is pinned', () => {
    const other = { ...given, tools: { ...given.tools, pay: { consequential: true, idempotent: false } } }
    expect(() => mcpTools(server, pins, other)).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'rates.pay' }) as Error,
    )
  })
})
