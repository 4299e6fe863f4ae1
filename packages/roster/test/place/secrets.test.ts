import { afterEach, describe, expect, it, vi } from 'vitest'

import { colleague, playbook, team, type ToolOf } from '../../src/index.ts'
import { rehearse } from '../../src/testing.ts'
import { allowAll, boss, calling, Word, wordTool } from '../stage.ts'

const canary = 'canary-8c1f77a09e'
const hello = () => ({ word: 'hello' })

/** A team of agents who each say something with the tools given, and have the secrets given. */
function teamOf(agents: Readonly<Record<string, { tools: readonly ToolOf[]; secrets?: Secrets }>>, tool = 'crm') {
  const colleagues = Object.entries(agents).map(([name, { tools, secrets }]) =>
    colleague(`${name}@1.0.0`, {
      owner: boss,
      role: 'talker',
      model: calling(tool, hello),
      tools,
      ...(secrets === undefined ? {} : { secrets }),
      accepts: { say: { input: Word, output: Word } },
    }),
  )
  const talk = playbook('talk@1.0.0', { owner: boss, input: Word, output: Word }, (steps) =>
    steps.ask(colleagues[0] as (typeof colleagues)[number], 'say'),
  )
  return team('talkers', { colleagues: [...colleagues, boss], playbooks: [talk], policies: allowAll })
}

type Secrets = NonNullable<Parameters<typeof colleague>[1]['secrets']>

const key = { crm: { key: { env: 'ROSTER_TEST_CRM_KEY' } } } as const

const invalid = (path: string) => expect.objectContaining({ code: 'definition-invalid', path }) as Error

async function played(tool: ToolOf) {
  const run = await rehearse(teamOf({ clerk: { tools: [tool], secrets: key } }))
  const outcome = await (await run.publish('talk', { word: 'hello' })).outcome()
  return { outcome, written: JSON.stringify(await run.operations.export({})) }
}

describe('a secret', () => {
  afterEach(() => void vi.unstubAllEnvs())

  it('reaches the tool that needs it, and nothing that the system writes', async () => {
    vi.stubEnv('ROSTER_TEST_CRM_KEY', canary)
    let got = ''
    const crm = wordTool('crm', {
      secrets: ['key'],
      run: ({ word }, { secrets }) => {
        got = secrets['key'] ?? ''
        return { word: `${word} ${got} ${Buffer.from(got).toString('base64')}` }
      },
    })
    const { outcome, written } = await played(crm)
    expect(got).toBe(canary)
    expect(outcome).toMatchObject({ status: 'done', output: { word: expect.stringContaining('[redacted]') as string } })
    expect(written).not.toContain(canary)
    expect(written).not.toContain(Buffer.from(canary).toString('base64').replace(/=+$/, ''))
  })

  it('is taken out of what a tool fails with', async () => {
    vi.stubEnv('ROSTER_TEST_CRM_KEY', canary)
    const crm = wordTool('crm', {
      secrets: ['key'],
      run: (_, { secrets }) => {
        throw new Error(`refused: ${secrets['key']}`)
      },
    })
    const { outcome, written } = await played(crm)
    expect(outcome).toEqual({ status: 'done', output: { word: 'tool-failed' } })
    expect(written).toContain('refused: [redacted]')
    expect(written).not.toContain(canary)
  })

  it('that is not there fails the call, and says where it was looked for', async () => {
    vi.stubEnv('ROSTER_TEST_CRM_KEY', '')
    const { outcome, written } = await played(wordTool('crm', { secrets: ['key'] }))
    expect(outcome).toEqual({ status: 'done', output: { word: 'secret-missing' } })
    expect(written).toContain('ROSTER_TEST_CRM_KEY')
  })

  it('belongs to one colleague', () => {
    const crm = wordTool('crm', { secrets: ['key'] })
    expect(() => teamOf({ clerk: { tools: [crm], secrets: key }, other: { tools: [crm], secrets: key } })).toThrow(
      invalid('the variable ROSTER_TEST_CRM_KEY'),
    )
  })

  it('belongs to one tool', () => {
    const tools = [wordTool('crm', { secrets: ['key'] }), wordTool('erp', { secrets: ['key'] })]
    expect(() => teamOf({ clerk: { tools, secrets: { ...key, erp: key.crm } } })).toThrow(
      invalid('the variable ROSTER_TEST_CRM_KEY'),
    )
  })

  it('that a tool needs is given by whoever uses it', () => {
    expect(() => teamOf({ clerk: { tools: [wordTool('crm', { secrets: ['key'] })] } })).toThrow(
      invalid('clerk.secrets.crm'),
    )
  })

  it('that no tool needs is given to none', () => {
    expect(() => teamOf({ clerk: { tools: [wordTool('crm')], secrets: key } })).toThrow(invalid('clerk.secrets.crm'))
  })
})
