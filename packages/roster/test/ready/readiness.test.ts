import { describe, expect, it } from 'vitest'

import { readiness, readinessHtml, readinessMarkdown, type GapCode } from '../../src/client.ts'
import { colleague, inProcess, person, playbook, team } from '../../src/index.ts'
import { fallbackModels, scriptedModel } from '../../src/model.ts'
import { rehearse } from '../../src/testing.ts'
import { allowAll, Word, wordTool } from '../stage.ts'

const now = Date.UTC(2026, 0, 1)
const boss = person('boss', { role: 'boss' })
const deputy = person('deputy', { role: 'deputy', owner: boss })
const chief = person('chief', { role: 'chief', owner: deputy })

const model = scriptedModel({ answers: () => ({ word: 'hi' }) })
const chain = fallbackModels([model, { ...model, name: 'second' }])
const strict = {
  'strict.cedar': `
@id("work") permit (principal, action in [Action::"publish", Action::"send", Action::"think", Action::"decide"], resource);
@id("shout") permit (principal == Agent::"talker", action == Action::"use", resource == Tool::"shout");
@id("halt") permit (principal == Person::"chief", action == Action::"stop", resource);`,
}
const shout = wordTool('shout', { owner: chief })

type Options = Partial<Omit<Parameters<typeof colleague>[1], 'accepts'>>

/** A team that leaves nothing open, but for what is given. */
function careful(parts: { agent?: Options; play?: object; whole?: object; owner?: typeof chief } = {}) {
  const owner = parts.owner ?? chief
  const talker = colleague('talker@1.0.0', {
    owner,
    role: 'talker',
    model: chain,
    tools: [shout],
    limits: { costMicroUsd: 20_000 },
    accepts: { say: { input: Word, output: Word, instructions: 'Say it.' } },
    ...parts.agent,
  })
  const limits = { costMicroUsd: 50_000 }
  const success = { atLeast: 0.9, within: '7 days' } as const
  const talk = playbook('talk@1.0.0', { owner, input: Word, output: Word, limits, success, ...parts.play }, (steps) =>
    steps.ask(talker, 'say'),
  )
  return team('careful', {
    colleagues: [talker, boss, deputy, chief],
    playbooks: [talk],
    policies: strict,
    window: { per: '1 day', costMicroUsd: 1_000_000 },
    ...parts.whole,
  })
}

/** Kinds of gaps that a team has beside those that only records can close. */
async function gapsOf(of: ReturnType<typeof careful>): Promise<readonly GapCode[]> {
  const { gaps } = await readiness(of, { now })
  const unrecorded: readonly GapCode[] = ['paths-unexercised', 'restore-undrilled']
  return [...new Set(gaps.map(({ code }) => code))].filter((code) => !unrecorded.includes(code))
}

describe('readiness', () => {
  it('finds nothing in a team that leaves nothing open', async () => {
    expect(await gapsOf(careful())).toEqual([])
  })

  const elsewhere = { run: inProcess({ module: new URL('../place/tool/shout.ts', import.meta.url) }) as never }
  it.each<[GapCode, ReturnType<typeof careful>, string]>([
    ['limits-default', careful({ agent: { limits: {} } }), 'colleague/talker'],
    ['limits-default', careful({ play: { limits: {} } }), 'playbook/talk'],
    ['window-missing', careful({ whole: { window: undefined } }), 'team/careful'],
    ['model-alone', careful({ agent: { model } }), 'colleague/talker'],
    ['alert-none', careful({ play: { success: undefined } }), 'playbook/talk'],
    ['alert-single', careful({ owner: boss }), 'person/boss'],
    ['grant-unused', careful({ agent: { tools: [] }, whole: { tools: [shout] } }), 'talker shout'],
    [
      'stop-nobody',
      careful({ whole: { policies: { 'p.cedar': strict['strict.cedar'].replace('"stop"', '"promote"') } } }),
      'colleague/talker',
    ],
    [
      'secret-missing',
      careful({
        agent: {
          tools: [wordTool('shout', { owner: chief, secrets: ['key'] })],
          secrets: { shout: { key: { env: 'NOBODY_SETS_THIS' } } },
        },
      }),
      'talker shout',
    ],
  ])('names %s with what mends it', async (code, of, what) => {
    const { gaps } = await readiness(of, { now })
    expect(gaps.filter((gap) => gap.code === code)).toMatchObject([{ code, what, mend: expect.stringMatching(/\S/) }])
  })

  it('names problems that the check of the team finds', async () => {
    const broken = careful({
      whole: {
        policies: {
          'p.cedar': `${strict['strict.cedar']}\npermit (principal, action == Action::"use", resource == Tool::"shuot");`,
        },
      },
    })
    await expect(readiness(broken, { now })).rejects.toMatchObject({ code: 'policy-invalid' })
    const unbounded = careful({ agent: { tools: [wordTool('shout', { owner: chief, ...elsewhere })] } })
    expect((await readiness(unbounded, { now })).facts.flatMap(({ lines }) => lines)).toContainEqual(
      expect.stringContaining('in process'),
    )
  })

  it('names ways that were never gone, until tasks have gone them', async () => {
    const played = careful({ whole: { policies: allowAll } })
    await using run = await rehearse(played)
    const never = await readiness(played, { now })
    expect(never.gaps).toContainEqual(
      expect.objectContaining({ code: 'paths-unexercised', what: 'playbook/talk@1.0.0' }),
    )
    await (await run.publish('talk', { word: 'hello' })).outcome()
    const before = never.gaps.find(({ code }) => code === 'paths-unexercised')?.says
    const after = (await readiness(played, { now, history: await run.operations.export() })).gaps
    expect(after.find(({ code }) => code === 'paths-unexercised')?.says).not.toBe(before)
  })

  it('names keys that are older than a year', async () => {
    const played = careful()
    await using run = await rehearse(played, { startsAt: now })
    const history = await run.operations.export()
    const { gaps } = await readiness(played, { now: now + 400 * 86_400_000, history })
    expect(gaps).toContainEqual(expect.objectContaining({ code: 'keys-old', what: 'key/chief' }))
  })

  it('has another digest for every difference that a deployment would load', async () => {
    const teams = [
      careful(),
      careful({ agent: { limits: { costMicroUsd: 20_001 } } }),
      careful({ whole: { policies: allowAll } }),
      careful({ whole: { configuration: { bank: 'another' } } }),
      careful({ whole: { window: { per: '1 day', costMicroUsd: 1 } } }),
      careful({ owner: boss }),
    ]
    const digests = await Promise.all(teams.map(async (one) => (await readiness(one, { now })).digest))
    expect(new Set(digests).size).toBe(teams.length)
  })

  it('is one page, in Markdown and in HTML, that names are no part of the markup of', async () => {
    const page = await readiness(careful({ play: { success: undefined } }), { now })
    expect(readinessMarkdown(page)).toContain('- alert-none. Whom does an alert reach?')
    expect(readinessMarkdown(page)).toContain(page.digest)
    const html = readinessHtml({ ...page, team: '<script>' })
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script>')
  })
})
