import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { person, playbook, team } from 'roster'
import { describe, expect, it } from 'vitest'

import { ran, ranJson } from '../fixture/world.ts'

/** A schema that takes everything. */
const anything = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) => ({ value }),
  },
} as const
const eve = person('eve', { role: 'editor' })
const read = playbook('read@1.0.0', { owner: eve, input: anything, output: anything }, (steps) =>
  steps.approve(eve, { within: '1 day', otherwise: 'fail' }),
)
const desk = team('desk', { colleagues: [eve], playbooks: [read], policies: {} })
const openers = { load: async () => ({ team: desk, people: undefined }) }

describe('graph', () => {
  it('prints a playbook as SVG', async () => {
    const { code, out } = await ran(['graph', 'read'], { openers })
    expect(code).toBe(0)
    expect(out).toMatch(/^<svg [\s\S]*approve read by eve[\s\S]*<\/svg>\n$/)
  })

  it('prints it as Mermaid', async () => {
    const { out } = await ran(['graph', 'read', '--format', 'mermaid'], { openers })
    expect(out).toMatch(/^stateDiagram-v2\n {2}\[\*\] --> approval_by_eve\n/)
  })

  it('draws how a colleague takes work, and each kind of it', async () => {
    const { json } = await ranJson(['graph', 'eve', '--format', 'mermaid'], { openers })
    expect((json as { drawing: string }).drawing).toMatch(
      /state "takes work"[\s\S]*state "approval"[\s\S]*state "notice"/,
    )
  })

  it('writes a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roster-graph-'))
    try {
      const { code, out } = await ran(['graph', 'read', '--output', 'read.svg'], { openers, cwd: folder })
      expect({ code, out }).toEqual({ code: 0, out: 'Drew read@1.0.0 into read.svg.\n' })
      expect(await readFile(join(folder, 'read.svg'), 'utf8')).toMatch(/^<svg /)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('ends with 2 for what is neither a playbook nor a colleague', async () => {
    expect(await ranJson(['graph', 'nobody'], { openers })).toMatchObject({
      code: 2,
      json: { error: { code: 'unknown-colleague' } },
    })
  })
})
