import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ran, ranJson } from '../fixture/world.ts'

/** The least that a server has to say: one tool. */
const server = `
import { createInterface } from 'node:readline'
const results = {
  initialize: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'echo', version: '1.0.0' } },
  'tools/list': { tools: [{ name: 'echo', description: 'Says it again.', inputSchema: { type: 'object' } }] },
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line)
  if (id === undefined) return
  const result = results[method]
  const answer = result === undefined ? { error: { code: -32601, message: 'no such method' } } : { result }
  console.log(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
})`

describe('mcp-pin', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-mcp-pin-'))
    await writeFile(join(folder, 'server.mjs'), server)
    const args = JSON.stringify([join(folder, 'server.mjs')])
    await writeFile(join(folder, 'echo.mjs'), `export const echo = { name: 'echo', command: 'node', args: ${args} }`)
  })
  afterAll(async () => await rm(folder, { recursive: true }))

  it('shows the exact command, and pins what the server says of its tools', async () => {
    const { code, err } = await ran(['mcp-pin', 'echo.mjs', '--as', 'eve', '--yes'], { cwd: folder })
    expect(code).toBe(0)
    expect(err).toContain(`node ${join(folder, 'server.mjs')}`)
    expect(JSON.parse(await readFile(join(folder, 'echo.pins.json'), 'utf8'))).toMatchObject({
      format: 'roster.mcp.1',
      consent: { by: 'eve' },
      tools: { echo: { description: 'Says it again.' } },
    })
  })

  it('runs nothing without a terminal and without --yes', async () => {
    const { code, err } = await ran(['mcp-pin', 'echo.mjs', '--as', 'eve'], { cwd: folder })
    expect(code).toBe(2)
    expect(err).toContain('--yes')
  })

  it('wants to know who looked at it', async () => {
    const { code, json } = await ranJson(['mcp-pin', 'echo.mjs', '--yes'], { cwd: folder, env: {} })
    expect(code).toBe(2)
    expect(json).toMatchObject({ error: { path: '--as' } })
  })

  it('says which servers a file has', async () => {
    const { code, err } = await ran(['mcp-pin', 'echo.mjs', 'other', '--as', 'eve', '--yes'], { cwd: folder })
    expect(code).toBe(2)
    expect(err).toContain('It has: echo.')
  })
})
